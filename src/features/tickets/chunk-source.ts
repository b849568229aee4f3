import { type Chunk, decodeTrustedChunk } from '../../../core/chunk/chunk.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { getChunk } from './api/get-chunk.ts';

/** What a chunk's place in a list can show. */
export type ChunkSlot =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly chunk: Chunk }
  | { readonly state: 'failed'; readonly error: unknown };

type LoadChunk = (batchId: string, seq: number, signal: AbortSignal) => Promise<Chunk>;

const LOADING: ChunkSlot = { state: 'loading' };

/**
 * Chunks by batch and seq, loaded on demand and kept by last use. Holds at most `capacity` of them, 5,000 tickets at
 * most each, whatever is scrolled past.
 */
export class ChunkSource {
  readonly #load: LoadChunk;
  readonly #capacity: number;
  /** In the order of last use, the oldest first (Map keeps insertion order). */
  readonly #slots = new Map<string, ChunkSlot>();
  readonly #loads = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  constructor(load: LoadChunk, capacity = 64) {
    this.#load = load;
    this.#capacity = capacity;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever a slot does. */
  readonly version = (): number => this.#version;

  /** What is known of a chunk now; asks for nothing. */
  peek(batchId: string, seq: number): ChunkSlot {
    return this.#slots.get(keyOf(batchId, seq)) ?? LOADING;
  }

  /** Loads what is wanted and not here, and gives up loads of this batch that are no longer wanted. */
  want(batchId: string, seqs: readonly number[]): void {
    const wanted = new Set(seqs.map((seq) => keyOf(batchId, seq)));
    for (const [key, controller] of this.#loads) if (key.startsWith(batchId) && !wanted.has(key)) controller.abort();
    for (const seq of seqs) void this.#ensure(batchId, seq);
  }

  /** Begins to load one chunk, whatever else is wanted. Its slot tells how it went. */
  load(batchId: string, seq: number): void {
    void this.#ensure(batchId, seq);
  }

  /** One chunk, from memory where it is there. */
  async get(batchId: string, seq: number): Promise<Chunk> {
    await this.#ensure(batchId, seq);
    const slot = this.peek(batchId, seq);
    if (slot.state === 'ready') return slot.chunk;
    throw slot.state === 'failed' ? slot.error : new DOMException('No longer wanted.', 'AbortError');
  }

  /** Forgets failures, so that they are tried again when wanted. */
  retryFailed(): void {
    for (const [key, slot] of this.#slots) if (slot.state === 'failed') this.#slots.delete(key);
    this.#changed();
  }

  async #ensure(batchId: string, seq: number): Promise<void> {
    const key = keyOf(batchId, seq);
    const slot = this.#slots.get(key);
    if (slot !== undefined) {
      this.#slots.delete(key);
      this.#slots.set(key, slot);
      return;
    }
    if (this.#loads.has(key)) return;
    const controller = new AbortController();
    this.#loads.set(key, controller);
    try {
      this.#keep(key, { state: 'ready', chunk: await this.#load(batchId, seq, controller.signal) });
    } catch (error) {
      if (!controller.signal.aborted) this.#keep(key, { state: 'failed', error });
    } finally {
      this.#loads.delete(key);
    }
  }

  #keep(key: string, slot: ChunkSlot): void {
    this.#slots.set(key, slot);
    for (const oldest of this.#slots.keys()) {
      if (this.#slots.size <= this.#capacity) break;
      this.#slots.delete(oldest);
    }
    this.#changed();
  }

  #changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}

function keyOf(batchId: string, seq: number): string {
  return `${batchId}/${seq}`;
}

const sources = new Map<string, ChunkSource>();

/** The event's chunks: from this device where they are buffered here, else from the server. */
export function chunkSourceOf(eventId: string): ChunkSource {
  let source = sources.get(eventId);
  if (source === undefined) {
    source = new ChunkSource(async (batchId, seq, signal) => {
      const buffered = await relaxedDatabase().chunks.get([batchId, seq]);
      signal.throwIfAborted();
      return buffered === undefined ? getChunk(eventId, batchId, seq, signal) : decodeTrustedChunk(buffered.bytes);
    });
    sources.set(eventId, source);
  }
  return source;
}
