import type { BatchStatus } from '../../../core/api/batch.ts';
import { ticketsInRanges } from '../../../core/chunk/seq-ranges.ts';
import type { LocalBatch } from '../../database/database.ts';

/**
 * Where a batch stands, from what this device and the server know together.
 * - `minting`, `uploading`: on this device.
 * - `refused`: the server refused a part of it for good.
 * - `elsewhere`: open on the server, and being minted on another device.
 * - `complete`, `cancelled`, `lost`: sealed so.
 */
export type BatchState = 'minting' | 'uploading' | 'refused' | 'elsewhere' | 'complete' | 'cancelled' | 'lost';

/** One batch, merged from the local database and the server's list. */
export interface BatchView {
  readonly id: string;
  readonly eventId: string;
  readonly runId: string;
  readonly typeIndex: number;
  readonly count: number;
  readonly chunkSize: number;
  readonly personalised: boolean;
  readonly state: BatchState;
  /** Tickets that exist, as far as is known here. */
  readonly minted: number;
  /** Tickets kept on this device. */
  readonly buffered: number;
  /** Tickets on the server: the larger of what it says and what it acknowledged to this device. */
  readonly stored: number;
  readonly startedAt: number;
  readonly startedBy: string | null;
  readonly local: LocalBatch | undefined;
  readonly server: BatchStatus | undefined;
}

interface MergeInput {
  readonly eventId: string;
  readonly local: readonly LocalBatch[];
  readonly server: readonly BatchStatus[];
  /** Tickets buffered on this device, by batch id. */
  readonly buffered: ReadonlyMap<string, number>;
}

/** Every batch that this device or the server knows, newest first. */
export function mergeBatches({ eventId, local, server, buffered }: MergeInput): readonly BatchView[] {
  const localById = new Map(local.map((batch) => [batch.id, batch]));
  const views = server.map((status) => viewOf(eventId, localById.get(status.id), status, buffered.get(status.id) ?? 0));
  const known = new Set(server.map((status) => status.id));
  for (const batch of local)
    if (!known.has(batch.id)) views.push(viewOf(eventId, batch, undefined, buffered.get(batch.id) ?? 0));
  return views.sort((left, right) => right.startedAt - left.startedAt || left.typeIndex - right.typeIndex);
}

function viewOf(
  eventId: string,
  local: LocalBatch | undefined,
  server: BatchStatus | undefined,
  buffered: number,
): BatchView {
  const shape = local ?? server;
  if (shape === undefined) throw new TypeError('viewOf: expected a local or a server batch');
  const acknowledged = local === undefined ? 0 : ticketsInRanges(local.acknowledged, local);
  const stored = Math.max(server?.stored ?? 0, acknowledged);
  const { id, runId, typeIndex, count, chunkSize, personalised } = shape;
  return {
    id,
    eventId,
    runId,
    typeIndex,
    count,
    chunkSize,
    personalised,
    state: stateOf(local, server),
    minted: local?.state === 'minted' ? count : Math.max(buffered, stored),
    buffered,
    stored,
    startedAt: local?.mintedAt ?? server?.declaredAt ?? 0,
    startedBy: server?.declaredBy ?? null,
    local,
    server,
  };
}

function stateOf(local: LocalBatch | undefined, server: BatchStatus | undefined): BatchState {
  const sealed = server?.sealReason ?? local?.sealed ?? null;
  if (sealed !== null) return sealed;
  if (local === undefined) return 'elsewhere';
  if (local.refused.length > 0) return 'refused';
  if (local.state === 'cancelled' || local.state === 'lost') return local.state;
  return local.state === 'minting' ? 'minting' : 'uploading';
}
