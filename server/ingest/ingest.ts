import { createHash, type KeyObject } from 'node:crypto';
import { ProblemError } from '../problem.ts';
import type { BatchFacts, Store } from '../store/store.ts';
import { checkChunk, checkSample } from './check-chunk.ts';
import { ChunkDecoder } from './chunk-decoder.ts';
import { ed25519PublicKey } from './ed25519.ts';

const MAX_CACHED_BATCHES = 1_000;

interface KnownBatch {
  readonly facts: BatchFacts;
  readonly key: KeyObject;
}

/** Takes chunks in: finds their batch, checks them, stores them. */
export class Ingest {
  readonly #store: Store;
  readonly #decoder = new ChunkDecoder();
  /** What a manifest fixes never changes, so it is read once. */
  readonly #batches = new Map<string, KnownBatch>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws {ProblemError} `batch-not-declared` */
  async findBatch(eventId: string, batchId: string): Promise<KnownBatch> {
    const known = this.#batches.get(batchId) ?? (await this.#load(batchId));
    if (known?.facts.eventId !== eventId) throw new ProblemError('batch-not-declared');
    return known;
  }

  /**
   * @param body the decoded CBOR, as it will be stored.
   * @returns whether it was stored now or before, and how many tickets it holds; durably in either case.
   * @throws {ProblemError} `chunk-invalid`, `signature-invalid`, and those of `ChunkStore.put`
   */
  async put(
    at: { event: string; batch: string; seq: number },
    body: Uint8Array,
  ): Promise<{ outcome: 'stored' | 'same'; count: number }> {
    const { facts, key } = await this.findBatch(at.event, at.batch);
    const chunk = await this.#decoder.decode(body);
    checkChunk(chunk, at, facts);
    await checkSample(chunk, facts, key);
    const { batchId, seq, firstSerial, count, personalised } = chunk;
    const contentSha256 = createHash('sha256').update(body).digest();
    const stored = { batchId, seq, firstSerial, count, personalised, contentSha256, body };
    return { outcome: await this.#store.chunks.put(stored), count };
  }

  /** Ends the threads of its own; what is under way is given up. */
  close(): Promise<void> {
    return this.#decoder.close();
  }

  async #load(batchId: string): Promise<KnownBatch | undefined> {
    const facts = await this.#store.batches.findFacts(batchId);
    if (facts === undefined) return undefined;
    if (this.#batches.size >= MAX_CACHED_BATCHES) this.#batches.clear();
    const known = { facts, key: ed25519PublicKey(facts.publicKey) };
    this.#batches.set(batchId, known);
    return known;
  }
}
