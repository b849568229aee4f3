import type { BatchDeclaration } from '../../../core/api/batch.ts';
import { declarationMessage } from '../../../core/api/batch.ts';
import type { SeatPattern } from '../../../core/attendees/seat-pattern.ts';
import { RUN_CHANNEL, type RunEvent } from '../../../core/mint/run-event.ts';
import { encodeBase64Url } from '../../../core/ticket/base64url.ts';
import { batchIdOf } from '../../../core/ticket/batch-id.ts';
import { engineFor, preferredProtection } from '../../../core/ticket/signer/choose.ts';
import { bytesToHex } from '../../../core/ticket/token.ts';
import { onLiveConnection } from '../../database/connection-watch.ts';
import {
  type BatchKey,
  type LocalBatch,
  type RunRecord,
  type RunState,
  strictDatabase,
} from '../../database/database.ts';
import { bearWitness } from '../store/witness.ts';
import { STAGING_LOCK } from './mint-loop.ts';
import { ensureRunService } from './run-service.ts';

/** One batch to be: every batch has one ticket type. */
export interface PlannedBatch {
  readonly typeIndex: number;
  readonly count: number;
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** Its fields come from staged pages. */
  readonly personalised: boolean;
  readonly seatPattern: SeatPattern | null;
  /** Seats of the pattern to pass over, 0 for a run's first batch. */
  readonly seatOffset: number;
}

/** What one press of the mint button makes. */
export interface MintPlan {
  readonly eventId: string;
  /** For the lists: "10,000 × VIP", or the list's file name. */
  readonly title: string;
  readonly chunkSize: number;
  readonly batches: readonly PlannedBatch[];
  /** Present where its tickets are never to pass in earnest. */
  readonly rehearsal?: true | undefined;
}

interface MadeBatch {
  readonly batch: LocalBatch;
  readonly key: BatchKey;
}

/**
 * Makes the batches' keys, lets the caller stage its list, and starts the run. Everything up to the one strict
 * transaction at the end may fail without a trace but staged pages, which are swept at the next start.
 * @param stage writes the staged pages; gets each type's batch id.
 * @returns the run's id.
 */
export async function startRun(
  plan: MintPlan,
  stage?: (targets: Readonly<Record<number, string>>) => Promise<void>,
): Promise<string> {
  const runId = bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
  const createdAt = Date.now();
  // As exports have them: on other devices the order in which the server got to know them is all that is known.
  const planned = plan.batches.toSorted((left, right) => left.typeIndex - right.typeIndex);
  const made = await Promise.all(planned.map((batch) => makeBatch(plan, batch, runId, createdAt)));
  const run: RunRecord = {
    id: runId,
    eventId: plan.eventId,
    state: 'running',
    count: plan.batches.reduce((sum, { count }) => sum + count, 0),
    createdAt,
    finishedAt: null,
    title: plan.title,
    batchIds: made.map(({ batch }) => batch.id),
  };
  await navigator.locks.request(STAGING_LOCK, { mode: 'shared' }, async () => {
    await stage?.(Object.fromEntries(made.map(({ batch }) => [batch.typeIndex, batch.id])));
    await addRun(run, made);
  });
  bearWitness(made.map(({ batch }) => batch));
  wakeRuns();
  return runId;
}

async function addRun(run: RunRecord, made: readonly MadeBatch[]): Promise<void> {
  const database = strictDatabase();
  await onLiveConnection(() =>
    database.transaction('rw', database.runs, database.batches, database.keys, async () => {
      await database.runs.put(run);
      await database.batches.bulkPut(made.map(({ batch }) => batch));
      await database.keys.bulkPut(made.map(({ key }) => key));
    }),
  );
}

async function makeBatch(plan: MintPlan, planned: PlannedBatch, runId: string, mintedAt: number): Promise<MadeBatch> {
  const keyProtection = await preferredProtection();
  const engine = await engineFor(keyProtection);
  const { publicKey, storedKey } = await engine.generateKeyPair();
  const { typeIndex, count, notBefore, notAfter, personalised, seatPattern, seatOffset } = planned;
  const declaration: BatchDeclaration = {
    publicKey: encodeBase64Url(publicKey),
    typeIndex,
    count,
    chunkSize: plan.chunkSize,
    notBefore,
    notAfter,
    runId,
    keyProtection,
    rehearsal: plan.rehearsal,
  };
  const signer = await engine.openSigner(storedKey);
  const proof = await signer.signAll([declarationMessage(plan.eventId, declaration)]);
  signer.close();
  const id = await batchIdOf(publicKey);
  const batch: LocalBatch = {
    ...declaration,
    id,
    eventId: plan.eventId,
    proof: encodeBase64Url(proof),
    mintedAt,
    personalised: personalised || seatPattern !== null,
    fromList: personalised,
    seatPattern,
    seatOffset,
    state: 'minting',
    declared: false,
    acknowledged: [],
    refused: [],
    sealed: null,
    freed: false,
  };
  return { batch, key: { batchId: id, storedKey } };
}

/** Stops minting and uploading after the parts under way. */
export function pauseRun(runId: string): Promise<void> {
  return moveRun(runId, ['running'], 'paused');
}

/** Goes on; also tries again what the server refused. */
export async function resumeRun(runId: string): Promise<void> {
  const { batches } = strictDatabase();
  await onLiveConnection(() => batches.where('runId').equals(runId).modify({ refused: [] }));
  await moveRun(runId, ['paused', 'running'], 'running');
}

/** Tickets on the server stay valid; all others are given up, and their serials are revoked by the seal. */
export function cancelRun(runId: string): Promise<void> {
  return moveRun(runId, ['running', 'paused'], 'cancelling');
}

async function moveRun(runId: string, from: readonly RunState[], to: RunState): Promise<void> {
  const database = strictDatabase();
  await onLiveConnection(() =>
    database.transaction('rw', database.runs, async () => {
      const run = await database.runs.get(runId);
      if (run !== undefined && from.includes(run.state)) await database.runs.update(runId, { state: to });
    }),
  );
  wakeRuns();
}

/** Tells this device's workers and tabs to look again: after signing in, freeing space, or any change of a run. */
export function wakeRuns(): void {
  ensureRunService();
  const channel = new BroadcastChannel(RUN_CHANNEL);
  channel.postMessage({ type: 'wake' } satisfies RunEvent);
  channel.close();
}
