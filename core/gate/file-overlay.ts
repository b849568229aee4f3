import type { GateSetup, GateSync } from '../api/gate.ts';
import { mergeRanges } from '../chunk/seq-ranges.ts';
import type { GateKnowledge, KnownBatch } from './knowledge.ts';
import { type UsedSet, usedSetOf } from './used-set.ts';

/*
 * A file tells what the tablet that mints knows, which may have been without the server for longer than the gate: what the
 * server has told the gate holds on beside it.
 */

/**
 * What is known after a file: the file's rules and batches, and of the server's those that the file lacks.
 * @param toldAt when the server told, ms since epoch by its clock.
 */
export function knowledgeOver(told: GateKnowledge, file: GateKnowledge, toldAt: number): GateKnowledge {
  const batches = new Map(told.batches);
  for (const [id, batch] of file.batches) batches.set(id, withRevoked(batch, told.batches.get(id)));
  const stillWithheld = [...told.withheld].filter((id) => !isApprovedSince(file.batches.get(id), toldAt));
  const withheld = new Set([...stillWithheld, ...file.withheld]);
  for (const id of withheld) batches.delete(id);
  const foreign = new Map([...told.foreign, ...file.foreign].filter(([id]) => !batches.has(id)));
  return { setup: setupOver(told.setup, file.setup), batches, withheld, foreign };
}

/** Gates and types that the tablet has not heard of yet stay known. */
function setupOver(told: GateSetup, file: GateSetup): GateSetup {
  const gates = told.gates.filter(({ id }) => !file.gates.some((gate) => gate.id === id));
  const types = told.types.filter(({ index }) => !file.types.some((type) => type.index === index));
  return { ...file, gates: [...file.gates, ...gates], types: [...file.types, ...types] };
}

/** What was revoked stays so: bringing it back is the server's to say. */
function withRevoked(batch: KnownBatch, told: KnownBatch | undefined): KnownBatch {
  if (told === undefined) return batch;
  const revoked = mergeRanges([...told.revoked, ...batch.revoked]);
  return { ...batch, revoked: revoked.map(([first, last]) => [first, last]) };
}

/**
 * What was withheld stays so unless it was approved after the server said that: an approval from before is one that was
 * withdrawn, of which the tablet has not heard.
 */
function isApprovedSince(batch: KnownBatch | undefined, toldAt: number): boolean {
  return batch?.approvedAt !== undefined && batch.approvedAt > toldAt;
}

/** Adds to a file's used sets, made from its bitmaps, what only the server has told: tickets, and when they went in. */
export function addTold(sets: Map<string, UsedSet>, told: ReadonlyMap<string, UsedSet>): void {
  for (const [batch, before] of told) {
    const set = usedSetOf(sets, batch);
    for (const serial of before.serials()) {
      const [known, use] = [set.get(serial), before.get(serial)];
      if (known.state === 'unused' || known.state === use.state) set.set(serial, use);
    }
  }
}

/** How many are inside by both: counted by their tickets, as neither side knows all entries. */
export function insideOver(
  sets: ReadonlyMap<string, UsedSet>,
  told: ReadonlyMap<string, number>,
  file: GateSync['inside'],
): GateSync['inside'] {
  const gates = new Map(told);
  for (const [gate, count] of file.gates) gates.set(gate, Math.max(count, gates.get(gate) ?? count));
  return { total: [...sets.values()].reduce((sum, set) => sum + set.countInside(), 0), gates: [...gates] };
}
