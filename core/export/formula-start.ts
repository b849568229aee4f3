/** By ASCII code: 1 for what a spreadsheet may take for the start of a formula (ASVS 1.2.10; OWASP adds CR and LF). */
const FORMULA_START = new Uint8Array(128);
for (const char of '=+-@\t\r\n\0') FORMULA_START[char.charCodeAt(0)] = 1;
/** Their full-width forms, which some spreadsheets take likewise (OWASP). */
const FULL_WIDTH_FORMULA_STARTS = new Set([0xff1d, 0xff0b, 0xff0d, 0xff20]);

/** @param code the text's first UTF-16 unit. */
export function isFormulaStart(code: number): boolean {
  return code < 0x80 ? FORMULA_START[code] === 1 : FULL_WIDTH_FORMULA_STARTS.has(code);
}
