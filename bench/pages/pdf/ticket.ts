/** A ticket as every writer gets it: six texts and a token. */
export interface BenchTicket {
  readonly serial: number;
  readonly token: string;
  readonly typeName: string;
  readonly holder: string;
  readonly seat: string;
  readonly code: string;
}

export const EVENT_NAME = 'Founders’ Day';
export const EVENT_STARTS = Date.UTC(2026, 10, 22, 9);
export const EVENT_ENDS = EVENT_STARTS + 6 * 3_600_000;
export const WHEN = 'Sun, 22 Nov 2026, 9:00 – 15:00';
/** A4, two columns of four. */
export const TICKETS_A_PAGE = 8;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const FIRST_NAMES = ['Asha', 'Björn', 'Chidi', 'Anaïs', 'Эмилия', 'Zoë', 'Farid', 'Grace', 'Hüseyin', 'Inês'];
const LAST_NAMES = [
  'Okafor',
  "O'Neill",
  'Müller',
  'Sharma',
  'Иванова',
  'Łukasz',
  'Haddad',
  'Lovelace',
  'Yıldız',
  'Silva',
];
const TYPES = ['General', 'VIP', 'Student'];

export function makeTickets(count: number): BenchTicket[] {
  const tickets = Array.from({ length: count }, (_, index): BenchTicket => {
    const random = crypto.getRandomValues(new Uint8Array(134));
    const letters = Array.from(random, (byte) => BASE32[byte & 31]).join('');
    return {
      serial: index + 1,
      token: letters.slice(12),
      typeName: TYPES[index % TYPES.length] as string,
      holder: `${FIRST_NAMES[index % 10]} ${LAST_NAMES[Math.floor(index / 10) % 10]}`,
      seat: `A-${Math.floor(index / 40)}-${index % 40}`,
      code: `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8, 12)}`,
    };
  });
  // Strings as a database gives them, not the ropes and slices that building leaves behind.
  return JSON.parse(JSON.stringify(tickets)) as BenchTicket[];
}
