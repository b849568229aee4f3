import { COLUMN_TITLES } from '../column-titles.ts';
import type { PdfWords } from './pdf-words.ts';

export const ENGLISH: PdfWords = {
  report: 'TICKET REPORT',
  scanReport: 'CHECK-IN REPORT',
  tickets: 'Tickets',
  scans: 'Scans',
  share: 'Share',
  inAll: 'In all',
  none: '(none)',
  tooLarge: 'too large',
  reprint: 'RE-PRINT',
  columns: COLUMN_TITLES,
  values: {
    scan: { enter: 'Entry', exit: 'Exit', undo: 'Taken back', override: 'Let in by a supervisor' },
    effect: { counted: 'Counted', double: 'Double entry', undone: 'Undone' },
  },
  ticketNumber: (serial) => `No ${serial}`,
  testOf: (type) => `TEST · ${type}`,
  made: (time, zone, author) => `Made ${time} (${zone})${author === undefined ? '' : ` by ${author}`}`,
  page: (number, of) => (of === null ? `Page ${number}` : `Page ${number} of ${of}`),
  ticketsOf: (event) => `${event}: tickets`,
  reportOf: (event) => `${event}: report`,
  part: (document, number, of) => `${document}, part ${number} of ${of}`,
  total: (column) => `Total ${column.toLowerCase()}`,
  average: (column) => `Average ${column.toLowerCase()}`,
  sum: (column) => `${column} (sum)`,
  busiestDay: (column) => `${column}: busiest day`,
  byDay: (column) => `${column}, by day`,
  by: (column) => `By ${column.toLowerCase()}`,
  all: (about, what, isDay) => `${about}: all ${isDay ? 'on ' : ''}${what}`,
  most: (about, what, isDay, count, of) =>
    `${about}: ${isDay ? 'most on' : 'the largest is'} ${what}, ${count} of ${of}`,
};
