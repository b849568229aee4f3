/** Hints that a text is not plain: whether it really has to change is found out then. */
const NOT_PLAIN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x1f&<>"'_\ufffe\uffff]/;
/** What XML 1.0 does not allow, and CR, which its parsers turn into LF. */
const NOT_XML =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x08\x0b-\x1f\ufffe\uffff]/g;
/** The underscore of what a reader would take for an escaped character. */
const LIKE_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;
const MARKUP = /[&<>"']/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // Quotes too: SheetJS looks for attributes with a pattern that also finds them in text.
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text as the content of an element or attribute of SpreadsheetML (ST_Xstring, ECMA-376 22.9.2.19): characters that XML
 * does not have become `_xHHHH_`, and text that looks like that is escaped likewise, so that all of it reads back. Lone
 * surrogates are left to the encoder, which makes them U+FFFD.
 */
export function xmlText(text: string): string {
  return NOT_PLAIN.test(text) ? escaped(text) : text;
}

function escaped(text: string): string {
  return text
    .replace(LIKE_ESCAPE, '_x005F_')
    .replace(NOT_XML, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(MARKUP, (char) => ENTITIES[char] as string);
}

/** The declaration that begins every part. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
