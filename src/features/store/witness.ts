import { z } from 'zod';
import { batchIdSchema } from '../../../core/api/batch.ts';
import { eventIdSchema } from '../../../core/api/event.ts';
import { type LocalBatch, relaxedDatabase } from '../../database/database.ts';

/** In the site's other storage, which browsers keep in files of their own: what breaks one leaves the other. */
const KEY = 'ticketmint-witness';
/** The newest; a hundred bytes each. */
const MAX_BATCHES = 500;

const witnessedSchema = z.object({
  id: batchIdSchema,
  eventId: eventIdSchema,
  count: z.number().int().min(1),
  mintedAt: z.number(),
  /** How its tickets came about, as far as minting them again is concerned. */
  source: z.enum(['quantity', 'list', 'seats']),
  /** Its loss was shown, and somebody has taken note. */
  isTold: z.boolean().optional(),
});

/** A batch that this device had, as it was noted when its run began. */
export type WitnessedBatch = z.infer<typeof witnessedSchema>;

/** What this tab has read or noted: it outlasts a site whose data is all deleted under it. */
let known: readonly WitnessedBatch[] = [];

/** Every batch that this device is known to have had. */
export function witnessed(): readonly WitnessedBatch[] {
  const stored = readWitness();
  const ids = new Set(stored.map(({ id }) => id));
  known = [...stored, ...known.filter(({ id }) => !ids.has(id))];
  return known;
}

function readWitness(): readonly WitnessedBatch[] {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? [] : z.array(witnessedSchema).parse(JSON.parse(text));
  } catch {
    // It may have been broken, too.
    return [];
  }
}

function writeWitness(batches: readonly WitnessedBatch[]): void {
  known = batches.toSorted((left, right) => right.mintedAt - left.mintedAt).slice(0, MAX_BATCHES);
  try {
    localStorage.setItem(KEY, JSON.stringify(known));
  } catch {
    // Without it the server's open batches still tell what is missing.
  }
}

/** Notes batches that are on this device from now on. */
export function bearWitness(batches: readonly LocalBatch[]): void {
  const ids = new Set(batches.map(({ id }) => id));
  writeWitness([...batches.map(witnessOf), ...witnessed().filter(({ id }) => !ids.has(id))]);
}

/** Notes whatever is on this device: after a start, and after something was brought in. */
export async function bearWitnessToAll(): Promise<void> {
  bearWitness(await relaxedDatabase().batches.toArray());
}

/** The loss of these batches was shown. */
export function noteTold(ids: readonly string[]): void {
  writeWitness(witnessed().map((batch) => (ids.includes(batch.id) ? { ...batch, isTold: true } : batch)));
}

/** What was here is taken off on purpose: nothing of it is missed. */
export function forgetWitness(): void {
  known = [];
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Then nothing was noted either.
  }
}

/** An event was removed on purpose: its batches are not missed. */
export function forgetWitnessOf(eventId: string): void {
  writeWitness(witnessed().filter((batch) => batch.eventId !== eventId));
}

/** Batches that were on this device and are not any more, told or not. */
export async function missingBatches(): Promise<readonly WitnessedBatch[]> {
  const batches = witnessed();
  const present = await relaxedDatabase().batches.bulkGet(batches.map(({ id }) => id));
  return batches.filter((_, index) => present[index] === undefined);
}

function witnessOf({ id, eventId, count, mintedAt, fromList, seatPattern }: LocalBatch): WitnessedBatch {
  const source = fromList ? 'list' : seatPattern === null ? 'quantity' : 'seats';
  return { id, eventId, count, mintedAt, source };
}
