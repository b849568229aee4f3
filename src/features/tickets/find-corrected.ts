import type { Correction, TicketHit } from '../../../core/api/batch.ts';

/** Tickets with a corrected field in which the text stands, whatever its case; the newest correction of a field counts. */
export function findCorrected(corrections: readonly Correction[], text: string): readonly TicketHit[] {
  const wanted = fold(text);
  if (wanted === '') return [];
  const newest = new Map(corrections.map((one) => [`${one.batch}/${one.serial}/${one.column}`, one]));
  return [...newest.values()]
    .filter(({ value }) => value !== null && fold(value).includes(wanted))
    .map(({ batch, serial }) => ({ batch, serial, matched: 'text' }));
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
