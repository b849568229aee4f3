/** Number of an indirect object (ISO 32000-2 §7.3.10); its generation is always 0. */
export type ObjectNumber = number;

/** An indirect reference: `12 0 R`. */
export function reference(object: ObjectNumber): string {
  return `${object} 0 R`;
}

/** A number in the shortest form that is right to a hundredth: 1/7200 inch. PDF knows no exponents (§7.3.3). */
export function real(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  // Also for -0.
  return rounded === 0 ? '0' : String(rounded);
}

/** A text string object (§7.9.2.2) as UTF-16BE in hex: nothing in it can end the string. Lone surrogates become U+FFFD. */
export function textString(text: string): string {
  return `<FEFF${utf16Hex(text.toWellFormed())}>`;
}

/** UTF-16BE in upper-case hex, four digits a unit. */
export function utf16Hex(text: string): string {
  let hex = '';
  for (let index = 0; index < text.length; index++) hex += hex4(text.charCodeAt(index));
  return hex;
}

const HEX4: readonly string[] = [];

/** @param value 0 to 65,535. */
export function hex4(value: number): string {
  const known = HEX4[value];
  if (known !== undefined) return known;
  const hex = value.toString(16).toUpperCase().padStart(4, '0');
  (HEX4 as string[])[value] = hex;
  return hex;
}

/** A date string (§7.9.4) in UTC. */
export function dateString(date: Date): string {
  const digits = date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  return `(D:${digits}Z)`;
}
