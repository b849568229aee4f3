import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { TicketSearch } from '../../core/api/batch.ts';
import { ProblemError } from '../problem.ts';
import type { Background } from '../services.ts';
import type { ChunkVerification, Store } from '../store/store.ts';
import type { BackgroundStart, FromBackground, ToBackground } from './messages.ts';

const FIRST_RESTART_MS = 1_000;
const LAST_RESTART_MS = 60_000;
const RECORD_RETRY_MS = 5_000;
/** Several times what the largest chunk needs; without a limit the engine lets garbage lie for long. */
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 192 };

interface Dependencies {
  readonly databaseFile: string;
  readonly store: Store;
  readonly log: Logger;
}

/** Starts the background thread; one that dies is started again with a fresh search index, after a growing pause. */
export function startBackground(dependencies: Dependencies): Background {
  return new BackgroundThread(dependencies);
}

class BackgroundThread implements Background {
  readonly #dependencies: Dependencies;
  readonly #searches = new Map<number, PromiseWithResolvers<TicketSearch>>();
  #worker: Worker;
  #nextSearch = 1;
  #restartMs = FIRST_RESTART_MS;
  #recording: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#worker = this.#start(false);
  }

  noteChunk(): void {
    this.#send({ kind: 'chunk' });
  }

  noteCorrection(): void {
    this.#send({ kind: 'correction' });
  }

  noteRemoval(eventId: string): void {
    this.#send({ kind: 'removal', eventId });
  }

  search(eventId: string, query: string, limit: number): Promise<TicketSearch> {
    const id = this.#nextSearch++;
    const answer = Promise.withResolvers<TicketSearch>();
    this.#searches.set(id, answer);
    this.#send({ kind: 'search', id, search: { eventId, query, limit } });
    return answer.promise;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#send({ kind: 'close' });
    if (this.#worker.threadId !== -1) await ended;
    await this.#recording;
  }

  #start(rebuild: boolean): Worker {
    const { databaseFile, log } = this.#dependencies;
    const searchFile = join(dirname(databaseFile), 'search.sqlite');
    const workerData: BackgroundStart = { databaseFile, searchFile, rebuild };
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, resourceLimits: HEAP_LIMITS });
    worker.on('message', (message: FromBackground) => this.#receive(message));
    worker.on('error', (error) => log.error({ err: { name: error.name, stack: error.stack } }, 'background failed'));
    worker.on('exit', () => {
      for (const { reject } of this.#searches.values())
        reject(new ProblemError('overloaded', { retryAfterSeconds: 1, detail: 'The search is starting again.' }));
      this.#searches.clear();
      if (!this.#closing.signal.aborted) void this.#restart();
    });
    return worker;
  }

  async #restart(): Promise<void> {
    await this.#pause(this.#restartMs);
    this.#restartMs = Math.min(2 * this.#restartMs, LAST_RESTART_MS);
    if (!this.#closing.signal.aborted) this.#worker = this.#start(true);
  }

  #receive(message: FromBackground): void {
    if (message.kind === 'found') {
      this.#searches.get(message.id)?.resolve(message.result);
      this.#searches.delete(message.id);
    }
    if (message.kind === 'verified') this.#recording = this.#recording.then(() => this.#record(message.results));
  }

  /** The thread does not verify a chunk twice, so a result that cannot be stored now is kept until it can. */
  async #record(results: readonly ChunkVerification[]): Promise<void> {
    const { store, log } = this.#dependencies;
    const bad = results.filter(({ badSerials }) => badSerials.length > 0).length;
    if (bad > 0) log.warn({ chunks: bad }, 'chunks with bad signatures are quarantined');
    while (true) {
      try {
        await store.chunks.recordVerifications(results);
        this.#restartMs = FIRST_RESTART_MS;
        return;
      } catch (error) {
        log.error({ err: { name: error instanceof Error ? error.name : 'unknown' } }, 'could not record verifications');
        // At the next start they are verified again.
        if (this.#closing.signal.aborted) return;
        await this.#pause(RECORD_RETRY_MS);
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
  }

  #send(message: ToBackground): void {
    this.#worker.postMessage(message);
  }
}
