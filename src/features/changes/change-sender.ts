import type { QueryClient } from '@tanstack/react-query';
import { liveQuery } from 'dexie';
import { RUN_CHANNEL, type RunEvent } from '../../../core/mint/run-event.ts';
import { backoffDelayMs } from '../../../core/upload/backoff.ts';
import { connection } from '../../api/connection.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { readChanges, removeChange, updateChange, type WaitingChange } from '../../database/waiting-changes.ts';
import { storeHealth } from '../store/store-health.ts';
import { sendChange } from './send-change.ts';

/** One sender at a time on a device; the next tab takes over when this one goes. */
const LOCK = 'ticketmint-changes';
/** Tabs tell each other of which event something has reached the server. */
const CHANNEL = 'ticketmint-changes';
/** How long to wait without being woken, for a sign-in or a batch that is still to be declared. */
const IDLE_MS = 30_000;

let isStarted = false;

/** Sends what waits, in the order it was made, as long as this page lives; each tab waits for its turn. */
export function ensureChangeSender(queryClient: QueryClient): void {
  if (isStarted) return;
  isStarted = true;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<string>) =>
    void queryClient.invalidateQueries({ queryKey: ['events', data] });
  const wakes = wakeSource();
  void navigator.locks.request(LOCK, async () => {
    for (;;)
      try {
        await keepSending(queryClient, channel, wakes);
      } catch (error) {
        // The store cannot be read now; without it nothing is known to wait.
        await storeHealth.report(error);
        await wakes.next('news')(IDLE_MS);
      }
  });
}

type WakeSource = ReturnType<typeof wakeSource>;

async function keepSending(queryClient: QueryClient, channel: BroadcastChannel, wakes: WakeSource): Promise<never> {
  for (let failures = 0; ; ) {
    const news = wakes.next('news');
    const change = connection.state === 'online' ? await nextChange() : undefined;
    if (change === undefined) {
      await news(IDLE_MS);
      continue;
    }
    const world = wakes.next('world');
    if (change.state !== 'sending' && !(await updateChange(change, { state: 'sending' }))) continue;
    const result = await sendChange(queryClient, change);
    if (result.kind === 'done') {
      failures = 0;
      channel.postMessage(change.eventId);
      await removeChange(change);
    } else if (result.kind === 'refused') {
      const { code, detail } = result;
      await updateChange(change, { state: 'refused', refusal: { code, detail } });
    } else if (result.kind === 'signed-out') await world(IDLE_MS);
    else await world(result.waitMs ?? backoffDelayMs(failures++, Math.random));
  }
}

/** The oldest one that can be sent now. What changes a batch waits until the server knows the batch. */
async function nextChange(): Promise<WaitingChange | undefined> {
  const changes = (await readChanges()).filter(({ state }) => state !== 'refused');
  if (changes.length === 0) return undefined;
  const ids = [...new Set(changes.map(({ content }) => content.batch))];
  const batches = await relaxedDatabase().batches.bulkGet(ids);
  const undeclared = new Set(
    batches.flatMap((batch) => (batch !== undefined && !batch.declared && batch.sealed === null ? [batch.id] : [])),
  );
  return changes.find(({ content }) => !undeclared.has(content.batch));
}

/**
 * What may let something be sent. `world`: the line, a sign-in; `news`: these, and a change of what waits or of a batch.
 */
function wakeSource(): { next(kind: 'news' | 'world'): (timeoutMs: number) => Promise<void> } {
  const wake = { news: () => {}, world: () => {} };
  const onWorld = () => {
    wake.world();
    wake.news();
  };
  liveQuery(async () => [
    await readChanges(),
    await relaxedDatabase()
      .batches.filter((one) => !one.declared)
      .count(),
  ])
    // What cannot be read now is read again after the idle time.
    .subscribe(
      () => wake.news(),
      () => undefined,
    );
  connection.subscribe(onWorld);
  new BroadcastChannel(RUN_CHANNEL).onmessage = ({ data }: MessageEvent<RunEvent>) => {
    if (data.type === 'wake') onWorld();
  };
  return {
    next(kind) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake[kind] = resolve;
      return (timeoutMs) => {
        const timer = setTimeout(resolve, timeoutMs);
        return promise.finally(() => clearTimeout(timer));
      };
    },
  };
}
