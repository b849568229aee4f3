import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { STANDARD_COLUMNS } from '../../../core/chunk/chunk.ts';
import type { Column } from '../../../core/export/format.ts';
import { ticketColumns } from '../../../core/export/sources/ticket-columns.ts';

const WORDS: Readonly<Record<string, MessageDescriptor>> = {
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
  // What is printed on a ticket and is no column.
  when: msg`Date and time`,
  place: msg`Place`,
  reprint: msg`Re-print mark`,
};
const USUAL_TITLES = new Map(ticketColumns(STANDARD_COLUMNS, 2).map(({ id, title }) => [id, title]));

/** What a column is called on the page. In files it has its title, as programs read them. */
export function columnWord({ id, title }: Pick<Column, 'id' | 'title'>): string {
  const word = WORDS[id];
  const isRenamed = (USUAL_TITLES.get(id) ?? title) !== title;
  return word === undefined || isRenamed ? title : i18n._(word);
}
