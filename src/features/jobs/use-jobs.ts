import { useSyncExternalStore } from 'react';
import { ticketsInRanges } from '../../../core/chunk/seq-ranges.ts';
import type { ExportProgress } from '../../../core/export/progress.ts';
import type { LocalBatch, RunRecord, RunState } from '../../database/database.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { liveExports } from '../exports/live-exports.ts';
import { useStored } from '../store/use-stored.ts';

/** Something that goes on while one looks at other pages. */
export interface Job {
  readonly id: string;
  readonly eventId: string;
  readonly title: string;
  readonly kind: 'mint' | 'export';
  readonly state: JobState;
  /** Tickets on the server, of an export records written, of `total`; 0 of 0 until that is known. */
  readonly done: number;
  readonly total: number;
  /** Chunks that the server refused for good. */
  readonly refused: number;
  readonly startedAt: number;
  /** Of exports; null until it can be told. */
  readonly remainingMs: number | null;
}
export type JobState = RunState | 'queued';

const ACTIVE: readonly JobState[] = ['queued', 'running', 'paused', 'cancelling'];
/** For how long a finished job stays in the list. */
const RECENT_MS = 12 * 3_600_000;

/** Mint runs and exports of this device, running ones first; `undefined` until they are read. */
export function useJobs(): readonly Job[] | undefined {
  const jobs = useStored(readJobs, [], []);
  const live = useSyncExternalStore(liveExports.subscribe, liveExports.all);
  return jobs?.map((job) => withProgress(job, live.find(({ id }) => id === job.id)?.progress ?? null));
}

function withProgress(job: Job, progress: ExportProgress | null): Job {
  if (progress === null) return job;
  const { records, expectedRecords, remainingMs } = progress;
  return { ...job, done: records, total: expectedRecords, remainingMs };
}

async function readJobs(): Promise<Job[]> {
  const database = relaxedDatabase();
  const runs = await database.runs.toArray();
  const shown = runs.filter((run) => isActive(run.state) || Date.now() - (run.finishedAt ?? 0) < RECENT_MS);
  const batches = await database.batches
    .where('runId')
    .anyOf(shown.map((run) => run.id))
    .toArray();
  const exports = await database.exports.where('state').anyOf('queued', 'running').toArray();
  const jobs = [
    ...shown.map((run) =>
      jobOfRun(
        run,
        batches.filter((batch) => batch.runId === run.id),
      ),
    ),
    ...exports.map(({ id, eventId, fileName, state, startedAt }): Job => {
      return {
        id,
        eventId,
        title: fileName,
        kind: 'export',
        state: state === 'queued' ? 'queued' : 'running',
        done: 0,
        total: 0,
        refused: 0,
        startedAt,
        remainingMs: null,
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
  return {
    id,
    eventId,
    title,
    kind: 'mint',
    state,
    done,
    total: count,
    refused,
    startedAt: createdAt,
    remainingMs: null,
  };
}

export function isActive(state: JobState): boolean {
  return ACTIVE.includes(state);
}
