import { useLiveQuery } from 'dexie-react-hooks';
import { ticketsInRanges } from '../../../core/chunk/seq-ranges.ts';
import type { LocalBatch, RunRecord, RunState } from '../../database/database.ts';
import { relaxedDatabase } from '../../database/database.ts';

/** Something that goes on while one looks at other pages. */
export interface Job {
  readonly id: string;
  readonly eventId: string;
  readonly title: string;
  readonly kind: 'mint' | 'export';
  readonly state: JobState;
  /** Tickets on the server, of `total`; for exports unknown here, so both are 0. */
  readonly done: number;
  readonly total: number;
  /** Chunks that the server refused for good. */
  readonly refused: number;
  readonly startedAt: number;
}
export type JobState = RunState | 'failed';

const ACTIVE: readonly RunState[] = ['running', 'paused', 'cancelling'];
/** For how long a finished job stays in the list. */
const RECENT_MS = 12 * 3_600_000;

/** Mint runs and exports of this device, running ones first; `undefined` until they are read. */
export function useJobs(): readonly Job[] | undefined {
  return useLiveQuery(readJobs, []);
}

async function readJobs(): Promise<Job[]> {
  const database = relaxedDatabase();
  const runs = await database.runs.toArray();
  const shown = runs.filter((run) => isActive(run.state) || Date.now() - (run.finishedAt ?? 0) < RECENT_MS);
  const batches = await database.batches
    .where('runId')
    .anyOf(shown.map((run) => run.id))
    .toArray();
  const exports = await database.exports.where('state').equals('running').toArray();
  const jobs = [
    ...shown.map((run) =>
      jobOfRun(
        run,
        batches.filter((batch) => batch.runId === run.id),
      ),
    ),
    ...exports.map(({ id, eventId, fileName, startedAt }): Job => {
      return {
        id,
        eventId,
        title: fileName,
        kind: 'export',
        state: 'running',
        done: 0,
        total: 0,
        refused: 0,
        startedAt,
      };
    }),
  ];
  return jobs.sort(
    (left, right) => Number(isActive(right.state)) - Number(isActive(left.state)) || right.startedAt - left.startedAt,
  );
}

function jobOfRun({ id, eventId, title, state, count, createdAt }: RunRecord, batches: readonly LocalBatch[]): Job {
  const done = batches.reduce((sum, batch) => sum + ticketsInRanges(batch.acknowledged, batch), 0);
  const refused = batches.reduce((sum, batch) => sum + batch.refused.length, 0);
  return { id, eventId, title, kind: 'mint', state, done, total: count, refused, startedAt: createdAt };
}

export function isActive(state: JobState): boolean {
  return (ACTIVE as readonly JobState[]).includes(state);
}
