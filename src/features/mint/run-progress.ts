import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { chunkCountOf } from '../../../core/chunk/chunk.ts';
import { mergeRanges, rangesOfSeqs, ticketsInRanges } from '../../../core/chunk/seq-ranges.ts';
import {
  type RecentTicket,
  RUN_CHANNEL,
  type RunBlock,
  type RunEvent,
  type RunRetry,
} from '../../../core/mint/run-event.ts';
import { type LocalBatch, type RunRecord, type RunState, relaxedDatabase } from '../../database/database.ts';
import { useStored } from '../store/use-stored.ts';

const RECENT_TICKETS = 10;
/** The rate is that of the last ten seconds. */
const RATE_WINDOW_MS = 10_000;
const FORGET_EVERY_MS = 2_000;

export interface RunProgress {
  readonly state: RunState;
  readonly title: string;
  /** Tickets asked for. */
  readonly total: number;
  readonly signed: number;
  readonly buffered: number;
  /** On the server: safe. */
  readonly uploaded: number;
  /** Tickets reaching the server each second, over the last seconds; 0 while nothing moves. */
  readonly ratePerSecond: number;
  /** Null while it cannot be said. */
  readonly remainingMs: number | null;
  readonly retry: RunRetry | null;
  readonly blocked: RunBlock | null;
  /** The last tickets minted in this visit, newest last, at most 10. */
  readonly recent: readonly RecentTicket[];
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

interface LiveRun {
  readonly signed: number;
  readonly buffered: number;
  readonly uploaded: number;
  readonly retry: RunRetry | null;
  readonly mintBlock: RunBlock | null;
  readonly uploadBlock: RunBlock | null;
  readonly recent: readonly RecentTicket[];
  /** Times and counts of acknowledgements within the rate's window. */
  readonly samples: readonly { readonly at: number; readonly uploaded: number }[];
}

const NOTHING_YET: LiveRun = {
  signed: 0,
  buffered: 0,
  uploaded: 0,
  retry: null,
  mintBlock: null,
  uploadBlock: null,
  recent: [],
  samples: [],
};

const liveRuns = new Map<string, LiveRun>();
const subscribers = new Set<() => void>();
let stopListening: (() => void) | undefined;

/** What one message changes; pure, for tests. */
export function applyRunEvent(live: LiveRun, event: RunEvent, now: number): LiveRun {
  switch (event.type) {
    case 'minted':
      return { ...live, signed: event.signed, buffered: event.buffered };
    case 'recent':
      return { ...live, recent: [...live.recent, ...event.tickets].slice(-RECENT_TICKETS) };
    case 'uploaded': {
      const samples = live.samples.filter(({ at }) => now - at <= RATE_WINDOW_MS);
      return {
        ...live,
        uploaded: event.uploaded,
        uploadBlock: null,
        samples: [...samples, { at: now, uploaded: event.uploaded }],
      };
    }
    case 'retry':
      return { ...live, retry: event.retry };
    case 'blocked':
      return event.by === 'mint' ? { ...live, mintBlock: event.block } : { ...live, uploadBlock: event.block };
    default:
      return live;
  }
}

function subscribe(onChange: () => void): () => void {
  subscribers.add(onChange);
  stopListening ??= listen();
  return () => {
    subscribers.delete(onChange);
    if (subscribers.size > 0) return;
    stopListening?.();
    stopListening = undefined;
    // Unheard messages would leave stale counts behind; the database has the truth.
    liveRuns.clear();
  };
}

/** Without news the rate falls to nothing within its window. */
function forgetOldSamples(): void {
  const since = Date.now() - RATE_WINDOW_MS;
  let hasChanged = false;
  for (const [runId, live] of liveRuns) {
    const samples = live.samples.filter(({ at }) => at >= since);
    if (samples.length === live.samples.length) continue;
    liveRuns.set(runId, { ...live, samples });
    hasChanged = true;
  }
  if (hasChanged) for (const onChange of subscribers) onChange();
}

function listen(): () => void {
  const channel = new BroadcastChannel(RUN_CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<RunEvent>) => {
    if (data.type === 'wake' || data.type === 'chunks-buffered') return;
    liveRuns.set(data.runId, applyRunEvent(liveRuns.get(data.runId) ?? NOTHING_YET, data, Date.now()));
    for (const onChange of subscribers) onChange();
  };
  const timer = setInterval(forgetOldSamples, FORGET_EVERY_MS);
  return () => {
    clearInterval(timer);
    channel.close();
  };
}

/** What the local database says of a run: the truth at rest, and the start of the live counts. */
interface StoredRun {
  readonly run: RunRecord;
  readonly batches: readonly LocalBatch[];
}

async function loadRun(runId: string): Promise<StoredRun | undefined> {
  const database = relaxedDatabase();
  const run = await database.runs.get(runId);
  if (run === undefined) return undefined;
  return { run, batches: await database.batches.where('runId').equals(runId).toArray() };
}

async function bufferedTickets(batch: LocalBatch): Promise<number> {
  if (batch.state === 'minted') return batch.count;
  const keys = await relaxedDatabase()
    .chunks.where('[batchId+seq]')
    .between([batch.id, 0], [batch.id, chunkCountOf(batch)])
    .primaryKeys();
  const present = mergeRanges([...rangesOfSeqs(keys.map(([, seq]) => seq)), ...batch.acknowledged]);
  return ticketsInRanges(present, batch);
}

/** A run's live progress, or `undefined` while it is loading or when there is no such run on this device. */
export function useRunProgress(runId: string): RunProgress | undefined {
  const stored = useStored(() => loadRun(runId), [runId], undefined);
  const buffered = useBufferedTickets(stored?.batches);
  const live = useSyncExternalStore(subscribe, () => liveRuns.get(runId) ?? NOTHING_YET);
  return useMemo(
    () => (stored === undefined ? undefined : progressOf(stored, buffered, live)),
    [stored, buffered, live],
  );
}

/** Counts what is buffered when a batch's state changes; in between, messages tell. Never a live query over chunks. */
function useBufferedTickets(batches: readonly LocalBatch[] | undefined): number {
  const [buffered, setBuffered] = useState(0);
  const states = batches?.map(({ id, state }) => `${id}:${state}`).join() ?? '';
  const latest = useRef(batches);
  latest.current = batches;
  useEffect(() => {
    let isCurrent = states !== '';
    Promise.all((latest.current ?? []).map(bufferedTickets)).then(
      (counts) => isCurrent && setBuffered(counts.reduce((sum, count) => sum + count, 0)),
      (error) => console.error('The buffered tickets could not be counted.', error),
    );
    return () => {
      isCurrent = false;
    };
  }, [states]);
  return buffered;
}

function progressOf({ run, batches }: StoredRun, buffered: number, live: LiveRun): RunProgress {
  const stored = batches.reduce((sum, batch) => sum + ticketsInRanges(batch.acknowledged, batch), 0);
  const onServer = Math.max(stored, live.uploaded);
  const ratePerSecond = run.state === 'running' ? rateOf(live.samples) : 0;
  return {
    state: run.state,
    title: run.title,
    total: run.count,
    signed: Math.max(buffered, live.signed),
    buffered: Math.max(buffered, live.buffered),
    uploaded: onServer,
    ratePerSecond,
    remainingMs: ratePerSecond > 0 ? ((run.count - onServer) / ratePerSecond) * 1_000 : null,
    retry: live.retry,
    blocked: run.state === 'running' ? blockOf(batches, live) : null,
    recent: live.recent,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
  };
}

function blockOf(batches: readonly LocalBatch[], live: LiveRun): RunBlock | null {
  const refused = batches.flatMap((batch) => batch.refused);
  if (live.mintBlock !== null) return live.mintBlock;
  if (refused[0] !== undefined) return { kind: 'refused', detail: `${refused[0].detail} (${refused[0].code})` };
  return live.uploadBlock;
}

function rateOf(samples: LiveRun['samples']): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.at === first.at) return 0;
  return ((last.uploaded - first.uploaded) / (last.at - first.at)) * 1_000;
}
