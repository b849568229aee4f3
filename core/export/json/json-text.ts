/** What JSON must escape in a string (RFC 8259 §7), and a little more that is rare; and lone surrogates. */
const MUST_ESCAPE = /["\\\p{Cc}\p{Cs}]/u;

/** Text as a JSON string. A lone surrogate becomes U+FFFD: I-JSON (RFC 7493) has none, and strict parsers refuse them. */
export function jsonString(text: string): string {
  return MUST_ESCAPE.test(text) ? JSON.stringify(text.toWellFormed()) : `"${text}"`;
}

/** Any plain value as JSON in one line, its text as {@link jsonString} writes it. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part));
}
