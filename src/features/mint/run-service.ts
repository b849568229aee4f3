import { RUN_CHANNEL, type RunEvent } from '../../../core/mint/run-event.ts';
import { startWorker } from '../../../workers/bridge.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { storeHealth } from '../store/store-health.ts';
import { mintUntilIdle, sweepOrphans } from './mint-loop.ts';

/** One minter at a time on a device; the next tab takes over when this one goes. */
const MINT_LOCK = 'ticketmint-mint';
/** One uploader likewise. Held here and not by its worker: WebKit keeps a worker's locks when its page is left. */
const UPLOAD_LOCK = 'ticketmint-upload';
/** How long to wait before looking again without being woken. */
const IDLE_MS = 10_000;
const RESTART_MS = 1_000;

let isStarted = false;

/** Starts the device's minter and uploader in this tab, once; each waits for its turn among the tabs. */
export function ensureRunService(): void {
  if (isStarted) return;
  isStarted = true;
  void navigator.locks.request(MINT_LOCK, runMinter);
  void navigator.locks.request(UPLOAD_LOCK, keepUploading);
}

/** Takes up what an earlier visit left unfinished. Call it once when the app starts; does nothing where nothing is left. */
export async function resumeUnfinishedRuns(): Promise<void> {
  const unfinished = await relaxedDatabase().runs.where('state').anyOf('running', 'paused', 'cancelling').count();
  if (unfinished > 0) ensureRunService();
}

async function runMinter(): Promise<never> {
  const wakes = wakeSource();
  for (let isSwept = false; ; ) {
    const change = wakes.next(IDLE_MS);
    try {
      if (!isSwept) await sweepOrphans();
      isSwept = true;
      await mintUntilIdle(change.signal);
    } catch (error) {
      // The database may be full or closed under us. Ending here would leave this device without a minter.
      console.error('The minter stopped and is started again.', error);
      void storeHealth.report(error);
      await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
      continue;
    }
    await change.happened;
  }
}

interface Change {
  /** Aborts when something changed: what is under way should look again soon. */
  readonly signal: AbortSignal;
  /** Resolves when something changed, or after the idle time. */
  readonly happened: Promise<void>;
}

/** Turns `wake` messages into a signal for what runs now, and a promise for what waits. */
function wakeSource(): { next(idleMs: number): Change } {
  let onWake = () => {};
  const channel = new BroadcastChannel(RUN_CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<RunEvent>) => {
    if (data.type === 'wake') onWake();
  };
  return {
    next(idleMs) {
      const controller = new AbortController();
      const happened = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, idleMs);
        onWake = () => {
          clearTimeout(timer);
          controller.abort();
          resolve();
        };
      });
      return { signal: controller.signal, happened };
    },
  };
}

/** Keeps one upload worker alive; a crash costs a second, and the bytes under way. */
async function keepUploading(): Promise<never> {
  for (;;) {
    const worker = startWorker('upload');
    try {
      await worker.call((api) => api.run());
    } catch (error) {
      console.error('The upload worker stopped and is started again.', error);
      worker.terminate();
    }
    await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
  }
}
