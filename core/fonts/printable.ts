/** Controls, line and paragraph separators: a space on paper. */
const BREAKING = /[\p{Cc}\u2028\u2029]+/gu;
/** Direction marks and overrides, the byte order mark, noncharacters: they have no picture, and could turn other text about. */
const INVISIBLE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Noncharacter_Code_Point}]/gu;

/**
 * The text as one line of print: runs of control characters become a space, direction overrides, byte order marks and
 * noncharacters go, lone surrogates become U+FFFD, and spaces at the ends are dropped.
 */
export function printableText(text: string): string {
  return text.toWellFormed().replaceAll(INVISIBLE, '').replaceAll(BREAKING, ' ').trim();
}
