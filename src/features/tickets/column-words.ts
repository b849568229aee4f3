import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { COLUMN_TITLES, columnTitle, type TitledColumn } from '../../../core/export/column-titles.ts';

/** What is printed on a ticket and is no column of it. */
type PrintedOnly = 'when' | 'place' | 'reprint';

const WORDS: Readonly<Record<TitledColumn | PrintedOnly, MessageDescriptor>> = {
  event: msg`Event`,
  batch: msg`Batch`,
  serial: msg`Serial`,
  code: msg`Code`,
  token: msg`Token`,
  type: msg`Type number`,
  typeName: msg`Type`,
  holder: msg`Holder`,
  email: msg`E-mail`,
  phone: msg`Phone`,
  seat: msg`Seat`,
  organisation: msg`Organisation`,
  ref: msg`Reference`,
  notes: msg`Notes`,
  price: msg`Price`,
  status: msg`Status`,
  notBefore: msg`Valid from`,
  notAfter: msg`Valid until`,
  mintedAt: msg`Minted at`,
  scannedAt: msg`Scanned`,
  scan: msg`Scan`,
  effect: msg`Effect`,
  gate: msg`Gate`,
  device: msg`Device`,
  reason: msg`Reason`,
  receivedAt: msg`Received`,
  when: msg`Date and time`,
  place: msg`Place`,
  reprint: msg`Re-print mark`,
};

/** What a column is called on the page: `x-shirt_size` is "Shirt size". In files it has its title, as programs read them. */
export function columnWord(id: string): string {
  return Object.hasOwn(WORDS, id) ? i18n._(WORDS[id as keyof typeof WORDS]) : columnTitle(id);
}

/** As {@link columnWord}, of a column that somebody may have named. */
export function titledColumnWord({ id, title }: { readonly id: string; readonly title: string }): string {
  const isNamed = Object.hasOwn(COLUMN_TITLES, id) && columnTitle(id) !== title;
  return isNamed || !Object.hasOwn(WORDS, id) ? title : columnWord(id);
}
