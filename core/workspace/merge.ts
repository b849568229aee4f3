import { mergeRanges, type SeqRanges } from '../chunk/seq-ranges.ts';
import { TicketmintError } from '../errors.ts';

/*
 * How what a file brings is joined with what is on the device. A file is a picture of some moment before; the device may
 * have gone on since. So nothing here is ever replaced: the device gains what it lacks, and what can only grow grows.
 */

/** What of a batch matters when two records of it meet. */
interface BatchRecord {
  readonly id: string;
  readonly eventId: string;
  readonly publicKey: string;
  readonly count: number;
  readonly chunkSize: number;
  readonly state: 'minting' | 'minted' | 'cancelled' | 'lost';
  readonly declared: boolean;
  readonly acknowledged: SeqRanges;
  readonly sealed: 'complete' | 'cancelled' | 'lost' | null;
  readonly freed: boolean;
}

const FIXED = ['eventId', 'publicKey', 'count', 'chunkSize'] as const;

/**
 * The device's batch with what the file knows besides: that it is declared, what the server acknowledged, how it was
 * sealed. While the device is minting it, its own minter and uploader find out how it is sealed.
 * @throws {TicketmintError} `workspace-damaged` when the two are not the same batch.
 */
export function mergeBatch<Batch extends BatchRecord>(mine: Batch, theirs: BatchRecord): Batch {
  const differs = FIXED.find((name) => mine[name] !== theirs[name]);
  if (differs !== undefined)
    throw new TicketmintError('workspace-damaged', `batch ${mine.id} has another ${differs} on this device`);
  return {
    ...mine,
    declared: mine.declared || theirs.declared,
    acknowledged: mergeRanges([...mine.acknowledged, ...theirs.acknowledged]),
    sealed: mine.state === 'minting' ? mine.sealed : (mine.sealed ?? theirs.sealed),
  };
}

/** Whether the device takes a batch's chunks that it lacks: not what it gave up on purpose. */
export function takesChunks(mine: Pick<BatchRecord, 'state' | 'freed'> | undefined): boolean {
  if (mine === undefined) return true;
  return !mine.freed && (mine.state === 'minting' || mine.state === 'minted');
}

interface RunRecord {
  readonly state: 'running' | 'paused' | 'cancelling' | 'done' | 'cancelled';
  readonly finishedAt: number | null;
}

/** The device's run, which ends only if the file knows that it has ended. */
export function mergeRun<Run extends RunRecord>(mine: Run, theirs: RunRecord): Run {
  if (mine.finishedAt !== null || theirs.finishedAt === null) return mine;
  return { ...mine, state: theirs.state, finishedAt: theirs.finishedAt };
}
