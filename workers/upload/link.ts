import type { RunBlock, RunEvent } from '../../core/mint/run-event.ts';
import { retryReasonText } from '../../core/mint/run-log-text.ts';
import { backoffDelayMs } from '../../core/upload/backoff.ts';
import type { Parallelism } from '../../core/upload/parallelism.ts';
import type { Gate } from './gate.ts';
import type { SendOutcome } from './send.ts';
import { logEvent } from './upload-store.ts';

/** How long to wait for a sign-in or for the line without being woken. */
const SIGNED_OUT_MS = 60_000;
const OFFLINE_MS = 5_000;

export interface Link {
  /** Sends until there is a final outcome; waits, backs off and reports as it must. `isStopped` ends the trying. */
  deliver<Answer>(
    subject: { readonly runId: string; readonly batchId: string; readonly seq: number },
    send: () => Promise<SendOutcome<Answer>>,
    isStopped: () => Promise<boolean>,
  ): Promise<Delivery<Answer>>;
}

export type Delivery<Answer> =
  | Extract<SendOutcome<Answer>, { kind: 'done' | 'refused' }>
  /** Given up: its run is paused, cancelled or gone. */
  | { readonly kind: 'stopped' };

/** The one loop that retries. All sends share it, so that one `Retry-After` holds back all of them. */
export function createLink(gate: Gate, parallelism: Parallelism, emit: (event: RunEvent) => void): Link {
  /** Rises with each delivery; a backoff that began before starts anew. */
  let progress = 0;

  async function wait(runId: string, kind: RunBlock['kind'], detail: string, ms: number): Promise<void> {
    emit({ type: 'blocked', runId, by: 'upload', block: { kind, detail } });
    await gate.pause(ms);
  }

  return {
    async deliver({ runId, batchId, seq }, send, isStopped) {
      let seenProgress = progress;
      let failuresInARow = 0;
      for (let attempt = 0; ; attempt++) {
        await gate.pass();
        if (await isStopped()) return { kind: 'stopped' };
        const outcome = await send();
        if (outcome.kind === 'done' || outcome.kind === 'refused') {
          if (outcome.kind === 'done') {
            progress++;
            parallelism.succeeded();
          }
          if (attempt > 0) {
            // The line is back: what waits out a backoff need not wait to its end.
            gate.release();
            emit({ type: 'retry', runId, retry: null });
            emit({ type: 'blocked', runId, by: 'upload', block: null });
          }
          return outcome;
        }
        if (outcome.kind === 'signed-out') await wait(runId, 'signed-out', 'the sign-in has expired', SIGNED_OUT_MS);
        else if (outcome.kind === 'forbidden') await wait(runId, 'forbidden', outcome.detail, SIGNED_OUT_MS);
        else if (outcome.offline) await wait(runId, 'offline', retryReasonText(outcome.reason), OFFLINE_MS);
        else {
          parallelism.pushedBack();
          if (progress > seenProgress) failuresInARow = 0;
          seenProgress = progress;
          const delayMs = outcome.waitMs ?? backoffDelayMs(failuresInARow++, Math.random);
          emit({
            type: 'retry',
            runId,
            retry: { batchId, seq, attempt: attempt + 1, reason: outcome.reason, delayMs },
          });
          const part = { batch: batchId, part: seq + 1 };
          await logEvent(runId, 'retry', {
            code: 'part-retried',
            ...part,
            attempt: attempt + 1,
            reason: outcome.reason,
            waitMs: delayMs,
          });
          if (outcome.waitMs !== undefined) gate.holdUntil(Date.now() + outcome.waitMs);
          await gate.pause(delayMs);
        }
      }
    },
  };
}
