/** What is not simply itself in the content of an element, and a little more that is rare. */
const MUST_ESCAPE = /[&<>\p{Cc}\p{Cs}\ufffe\uffff]/u;
/** Characters that XML 1.0 (§2.2) has no way to write, not even as references; lone surrogates too. */
const IMPOSSIBLE = /(?![\t\n\r\x7f-\x9f])[\p{Cc}\p{Cs}\ufffe\uffff]/u;
const EVERY_IMPOSSIBLE = new RegExp(IMPOSSIBLE, 'gu');

/**
 * An element with text as its content, without loss: text with characters that XML cannot hold is written as the inside
 * of a JSON string, and its element says `escape="json"`.
 * @param tag the element's name with its attributes, `field name="x-shirt"`, or its name alone.
 */
export function textElement(tag: string, text: string): string {
  const space = tag.indexOf(' ');
  const name = space < 0 ? tag : tag.slice(0, space);
  if (!MUST_ESCAPE.test(text)) return `<${tag}>${text}</${name}>`;
  return IMPOSSIBLE.test(text)
    ? `<${tag} escape="json">${escapedContent(insideOfJson(text))}</${name}>`
    : `<${tag}>${escapedContent(text)}</${name}>`;
}

/** The value of an attribute, without its quotes; what XML cannot hold becomes U+FFFD. */
export function attributeText(text: string): string {
  return escapedContent(text.replace(EVERY_IMPOSSIBLE, '\ufffd'))
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;');
}

/** `>` for the sake of `]]>`; CR, because a reader takes a bare one for LF. */
function escapedContent(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

function insideOfJson(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\ufffe', '\\ufffe').replaceAll('\uffff', '\\uffff');
}
