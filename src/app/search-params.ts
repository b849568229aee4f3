/**
 * What stands behind the `?` of an address, which anybody may have typed: each function gives it back if it is what the page
 * expects, else `undefined`. By hand, as these few lines are on the first screen and zod is not.
 */

type Raw = unknown;

/** A path of this site: what follows the host, never another host. */
export function pathOf(raw: Raw): string | undefined {
  return typeof raw === 'string' && /^\/(?![/\\])/.test(raw) ? raw : undefined;
}

/** A text of up to 200 characters. */
export function textOf(raw: Raw): string | undefined {
  return typeof raw === 'string' && raw.length <= 200 ? raw : undefined;
}

/** A serial: a whole number from 1. */
export function serialOf(raw: Raw): number | undefined {
  return Number.isSafeInteger(raw) && Number(raw) >= 1 ? Number(raw) : undefined;
}

/** One of the given words. */
export function oneOf<Word extends string>(words: readonly Word[], raw: Raw): Word | undefined {
  return words.find((word) => word === raw);
}

const MAX_ID = 64;

/** One id or several; a number, which an address does not tell from an id of digits, is one too. */
export function idsOf(raw: Raw): string | string[] | undefined {
  if (Array.isArray(raw)) return raw.every((id) => typeof id === 'string' && id.length <= MAX_ID) ? raw : undefined;
  const id = typeof raw === 'number' ? String(raw) : raw;
  return typeof id === 'string' && id.length <= MAX_ID ? id : undefined;
}
