import type { ForeignBatch, GateBatch, GateSetup, GateSync } from '../api/gate.ts';
import { hasSeq, mergeRanges } from '../chunk/seq-ranges.ts';
import { decodeBase64Url } from '../ticket/base64url.ts';

/** A batch as a gate uses it: its public key as 32 bytes. */
export type KnownBatch = Omit<GateBatch, 'publicKey'> & { readonly publicKey: Uint8Array<ArrayBuffer> };
type KnownForeignBatch = Omit<ForeignBatch, 'publicKey'> & { readonly publicKey: Uint8Array<ArrayBuffer> };

/** What verification needs of one event. Never changes: a sync makes another. */
export interface GateKnowledge {
  readonly setup: GateSetup;
  readonly batches: ReadonlyMap<string, KnownBatch>;
  /** Ids of batches that wait for an administrator's approval; none of them is among `batches`. */
  readonly withheld: ReadonlySet<string>;
  /** Batches of other events. */
  readonly foreign: ReadonlyMap<string, KnownForeignBatch>;
}

/**
 * What is known after a sync.
 * @param before what was known before it; `undefined` on a device that is new.
 * @returns `undefined` when the sync holds changes only and there is nothing to change: ask for all.
 */
export function applyKnowledge(before: GateKnowledge | undefined, sync: GateSync): GateKnowledge | undefined {
  const base = sync.complete ? undefined : before;
  const setup = sync.setup ?? base?.setup;
  if (setup === undefined || (base === undefined && !sync.complete)) return undefined;
  // The very same: whoever went by it need not look again.
  if (base !== undefined && !tellsOfTickets(sync)) return base;
  const batches = new Map(base?.batches);
  const withheld = new Set(base?.withheld);
  for (const batch of sync.batches) {
    batches.set(batch.id, withKeyBytes(batch));
    withheld.delete(batch.id);
  }
  for (const id of sync.withheld ?? []) {
    batches.delete(id);
    withheld.add(id);
  }
  for (const { batch: id, ranges } of sync.revoked) {
    const batch = batches.get(id);
    if (batch !== undefined) batches.set(id, { ...batch, revoked: rangesOf([...batch.revoked, ...ranges]) });
  }
  const foreign = new Map(base?.foreign);
  for (const batch of sync.foreign) foreign.set(batch.id, withKeyBytes(batch));
  return { setup, batches, withheld, foreign };
}

/** Whether there is more in it than how tickets were used. */
function tellsOfTickets({ setup, batches, withheld = [], revoked, foreign }: GateSync): boolean {
  return setup !== undefined || [batches, withheld, revoked, foreign].some(({ length }) => length > 0);
}

function rangesOf(pairs: GateBatch['revoked']): GateBatch['revoked'] {
  return mergeRanges(pairs).map(([first, last]) => [first, last]);
}

/** A batch with its key's bytes. */
export function knownBatch(batch: GateBatch): KnownBatch {
  return withKeyBytes(batch);
}

function withKeyBytes<Batch extends { readonly publicKey: string }>(batch: Batch) {
  return { ...batch, publicKey: decodeBase64Url(batch.publicKey) };
}

/** Whether a serial of a batch was revoked. */
export function isRevoked(batch: Pick<GateBatch, 'revoked'>, serial: number): boolean {
  return hasSeq(batch.revoked, serial);
}
