const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An id as the server makes them, chosen here: 12 characters, some 62 random bits. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(12)), (value) => DIGITS[value % DIGITS.length]).join('');
}
