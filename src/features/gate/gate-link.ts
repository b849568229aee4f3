import {
  type ClaimAnswer,
  claimAnswerSchema,
  MAX_SCANS,
  type Scan,
  scanResultsSchema,
} from '../../../core/api/gate.ts';
import type { GateSession } from '../../../core/api/gate-device.ts';
import { decodeGateSync } from '../../../core/gate/gate-sync.ts';
import { backoffDelayMs } from '../../../core/upload/backoff.ts';
import { ApiProblem, type ApiProblemCode } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import { connection } from '../../api/connection.ts';
import type { ClaimLog } from './claim-log.ts';
import type { GateClock } from './gate-clock.ts';
import type { GateMemory } from './gate-memory.ts';
import type { GateStore } from './gate-store.ts';
import { wakeSource } from './wake-source.ts';

/** How long somebody in front of the gate waits for the server's word before the device decides. */
const CLAIM_PATIENCE_MS = 300;
/** How often others' scans are asked for. */
const PULL_EVERY_MS = 5_000;
const REQUEST = { timeout: 30_000, retry: 0 } as const;
const CLAIM_REQUEST = { timeout: 5_000, retry: 0 } as const;
/** When it was synced is written down at most this often. */
const NOTE_EVERY_MS = 30_000;

/** This device's session is over. */
const ENDED: ReadonlySet<ApiProblemCode> = new Set(['device-unpaired', 'not-signed-in', 'forbidden']);

export interface LinkParts {
  readonly session: GateSession;
  readonly store: GateStore;
  readonly memory: GateMemory;
  readonly clock: GateClock;
  readonly claims: ClaimLog;
  /** Fetches a part of what is wanted beyond that, where anything is. @returns whether there is more. */
  readonly follow: () => Promise<boolean>;
  /** The server says that this device is not paired any more. */
  readonly onEnded: () => void;
}

/** What is shown of the link to the server. */
export interface LinkView {
  /** True time of the last complete sync, ms since epoch; undefined before the first. */
  readonly syncedAt: number | undefined;
  /** Scans that the server does not have. */
  readonly unsent: number;
  /** Those of them that an earlier pairing of this device has left; the server takes them from a person only. */
  readonly leftBehind: number;
  /** Why the last attempt failed, other than for want of a connection. */
  readonly failure: unknown;
}

/** Keeps a gate's device and the server at one: sends its scans, asks for others', claims. */
export class GateLink {
  readonly #parts: LinkParts;
  readonly #wakes = wakeSource();
  readonly #listeners = new Set<() => void>();
  /** Earlier pairings whose scans the server does not take from this one. */
  readonly #notOurs = new Set<string>();
  #view: LinkView;
  #isClaimLate = false;
  #notedAtMs = Number.NEGATIVE_INFINITY;

  /** @param syncedAt as it was noted at an earlier visit. */
  constructor(parts: LinkParts, syncedAt: number | undefined) {
    this.#parts = parts;
    this.#view = { syncedAt, unsent: 0, leftBehind: 0, failure: null };
    this.#count();
  }

  get view(): LinkView {
    return this.#view;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A scan was made: it goes up at once. */
  readonly wake = (): void => {
    this.#count();
    this.#wakes.wake();
  };

  /** Works until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const stopWatching = connection.subscribe(() => this.#wakes.wakeWorld());
    signal.addEventListener('abort', () => this.#wakes.wakeWorld());
    for (let failures = 0; !signal.aborted; ) {
      const news = this.#wakes.next('news');
      if (connection.state !== 'online') {
        await news(NOTE_EVERY_MS);
        continue;
      }
      const world = this.#wakes.next('world');
      try {
        await this.#push();
        await this.#pull();
        failures = 0;
        // Part by part, so that scans go up in between.
        await news((await this.#parts.follow()) ? 0 : PULL_EVERY_MS);
      } catch (error) {
        await world(this.#waitAfter(error, failures++));
      }
    }
    stopWatching();
  }

  /**
   * Asks the server to decide and record a scan, so that of several devices one is first. `undefined` where it cannot be
   * reached, or does not answer within {@link CLAIM_PATIENCE_MS}: the device decides then. The scan is one and the same,
   * whichever of them recorded it.
   */
  readonly claim = async (scan: Scan): Promise<ClaimAnswer | undefined> => {
    // While an answer is late nobody waits for the next one.
    if (connection.state !== 'online' || this.#isClaimLate || this.#isAhead(scan)) return undefined;
    if (!(await this.#isNoted(scan))) return undefined;
    const asked = this.#ask(scan);
    const patience = new Promise<undefined>((resolve) => setTimeout(resolve, CLAIM_PATIENCE_MS, undefined));
    const answer = await Promise.race([asked, patience]);
    if (answer !== undefined) return answer;
    this.#isClaimLate = true;
    connection.doubt();
    void asked.then(() => {
      this.#isClaimLate = false;
    });
    return undefined;
  };

  /** Whether this device knows more of the ticket than the server: it was taken back a moment ago. */
  #isAhead({ batch, serial }: Scan): boolean {
    return this.#parts.memory.state.unsent().some((other) => other.batch === batch && other.serial === serial);
  }

  /** Where it cannot be, the scan will not be kept either, which is said then. */
  #isNoted(scan: Scan): Promise<boolean> {
    return this.#parts.claims.note(scan).then(
      () => true,
      () => false,
    );
  }

  async #ask(scan: Scan): Promise<ClaimAnswer | undefined> {
    const { session, clock } = this.#parts;
    const path = `events/${session.event.id}/scans/claim`;
    try {
      return await clock.measure(() => api.post(path, { ...CLAIM_REQUEST, json: { scan } }).json(claimAnswerSchema));
    } catch (error) {
      // Whatever came in place of an answer, the device decides; the loop meets the same, and says so.
      this.#wakes.wake();
      if (!(error instanceof ApiProblem)) this.#change({ failure: error });
      return undefined;
    }
  }

  async #push(): Promise<void> {
    const { memory, session, clock } = this.#parts;
    const unsent = memory.state.unsent().filter(({ device }) => !this.#notOurs.has(device));
    for (const [device, scans] of Map.groupBy(unsent, (scan) => scan.device))
      for (let start = 0; start < scans.length; start += MAX_SCANS) {
        const json = { scans: scans.slice(start, start + MAX_SCANS) };
        const path = `events/${session.event.id}/scans`;
        try {
          const send = () => api.post(path, { ...REQUEST, json }).json(scanResultsSchema);
          const { results } = await clock.measure(send);
          await memory.confirm(results);
        } catch (error) {
          const isNotOurs = device !== session.device.id && error instanceof ApiProblem && error.code === 'not-valid';
          if (!isNotOurs) throw error;
          this.#notOurs.add(device);
          break;
        } finally {
          this.#count();
        }
      }
  }

  async #pull(): Promise<void> {
    const { memory, session, clock } = this.#parts;
    for (;;) {
      const searchParams = { ...memory.cursor };
      const path = `events/${session.event.id}/gate-sync`;
      const { bytes, sync, at } = await clock.measure(async () => {
        const bytes = new Uint8Array(await api.get(path, { ...REQUEST, searchParams }).arrayBuffer());
        const sync = decodeGateSync(bytes);
        return { bytes, sync, at: sync.at };
      });
      await memory.take(bytes, sync);
      if (sync.more) continue;
      this.#change({ syncedAt: at, failure: null });
      this.#count();
      return this.#note();
    }
  }

  /** For the next start. */
  async #note(): Promise<void> {
    if (performance.now() - this.#notedAtMs < NOTE_EVERY_MS) return;
    this.#notedAtMs = performance.now();
    const { store, clock } = this.#parts;
    await store.putClock(clock.estimate);
    if (this.#view.syncedAt !== undefined) await store.putSyncedAt(this.#view.syncedAt);
  }

  #waitAfter(error: unknown, failures: number): number {
    if (!(error instanceof ApiProblem)) this.#change({ failure: error });
    else if (ENDED.has(error.code)) this.#parts.onEnded();
    else if (error.code !== 'unreachable' && error.code !== 'timed-out') this.#change({ failure: error });
    const waitMs = error instanceof ApiProblem ? error.retryAfterMs : undefined;
    return waitMs ?? backoffDelayMs(failures, Math.random);
  }

  #count(): void {
    const { state } = this.#parts.memory;
    const unsent = state.unsentCount;
    const isLeft = ({ device }: Scan) => this.#notOurs.has(device);
    const leftBehind = this.#notOurs.size === 0 ? 0 : state.unsent().filter(isLeft).length;
    if (unsent !== this.#view.unsent || leftBehind !== this.#view.leftBehind) this.#change({ unsent, leftBehind });
  }

  #change(parts: Partial<LinkView>): void {
    this.#view = { ...this.#view, ...parts };
    for (const listener of this.#listeners) listener();
  }
}
