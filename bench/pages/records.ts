import type { Column } from '../../core/export/format.ts';

/** The record that all encoders get: 11 columns, as an export of tickets has them. */
export const COLUMNS: readonly Column[] = [
  { id: 'serial', title: 'Serial', type: 'integer' },
  { id: 'code', title: 'Code', type: 'text' },
  { id: 'token', title: 'Token', type: 'text' },
  { id: 'event', title: 'Event', type: 'text' },
  { id: 'type', title: 'Type', type: 'text' },
  { id: 'holder', title: 'Holder', type: 'text' },
  { id: 'email', title: 'E-mail', type: 'text' },
  { id: 'seat', title: 'Seat', type: 'text' },
  { id: 'price', title: 'Price', type: 'text' },
  { id: 'status', title: 'Status', type: 'text' },
  { id: 'time', title: 'Time', type: 'text' },
];

export type Row = readonly (string | number)[];

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const TYPES = ['General', 'VIP', 'Student', 'Press', 'Crew'];
const FIRST_NAMES = ['Asha', 'Björn', 'Chidi', 'अनन्या', 'Эмилия', '美咲', 'Farid', 'Grace', 'Hüseyin', 'Inês'];
const LAST_NAMES = ['Okafor', "O'Neill", 'Müller', 'शर्मा', 'Иванова', '田中', 'Haddad', 'Lovelace', 'Yıldız', 'Silva'];
const START = Date.UTC(2026, 10, 22, 9);

/** A holder's name: mostly plain, one in eleven with quotes and a comma, one in 500 like a formula. */
export function holderOf(serial: number): string {
  const name = `${FIRST_NAMES[serial % 10]} ${LAST_NAMES[Math.floor(serial / 10) % 10]}`;
  if (serial % 500 === 0) return `=SUM(A1:A${serial})`;
  return serial % 11 === 0 ? `${name}, "the ${serial}th"` : name;
}

export function emailOf(serial: number): string {
  return `guest.${serial}@example.org`;
}

export function seatOf(serial: number): string {
  return `A-${Math.floor(serial / 40)}-${serial % 40}`;
}

/** Records of consecutive serials; every call makes strings of its own, each in one piece. */
export function makeRows(firstSerial: number, count: number): Row[] {
  const rows = Array.from({ length: count }, (_, index): Row => {
    const serial = firstSerial + index;
    const random = crypto.getRandomValues(new Uint8Array(130));
    const letters = Array.from(random, (byte) => BASE32[byte & 31]).join('');
    return [
      serial,
      letters.slice(0, 10),
      letters.slice(10),
      'Founders’ Day',
      TYPES[serial % 5] as string,
      holderOf(serial),
      emailOf(serial),
      seatOf(serial),
      serial % 3 === 0 ? '1499.00' : '499.00',
      serial % 50 === 0 ? 'revoked' : 'valid',
      new Date(START + serial * 1_000).toISOString(),
    ];
  });
  // Strings as a database gives them, not the ropes and slices that building leaves behind.
  return JSON.parse(JSON.stringify(rows)) as Row[];
}
