/**
 * What the columns of tickets and of scans are called in English, by id: in the headers of files, and in print where nobody has named
 * them otherwise.
 */
export const COLUMN_TITLES = {
  event: 'Event',
  batch: 'Batch',
  serial: 'Serial',
  code: 'Code',
  token: 'Token',
  type: 'Type number',
  typeName: 'Type',
  holder: 'Holder',
  email: 'E-mail',
  phone: 'Phone',
  seat: 'Seat',
  organisation: 'Organisation',
  ref: 'Reference',
  notes: 'Notes',
  price: 'Price',
  status: 'Status',
  notBefore: 'Valid from',
  notAfter: 'Valid until',
  mintedAt: 'Minted at',
  scannedAt: 'Scanned',
  scan: 'Scan',
  effect: 'Effect',
  gate: 'Gate',
  device: 'Device',
  reason: 'Reason',
  receivedAt: 'Received',
} as const;
export type TitledColumn = keyof typeof COLUMN_TITLES;

/** `holder` is "Holder", `x-shirt_size` is "Shirt size". */
export function columnTitle(id: string): string {
  if (Object.hasOwn(COLUMN_TITLES, id)) return COLUMN_TITLES[id as TitledColumn];
  const plain = id.replace(/^x-/, '').replaceAll(/[-_]+/g, ' ');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}
