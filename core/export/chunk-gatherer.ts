const CHUNK_BYTES = 64 * 1024;

/** Gathers pieces of any size into chunks of 64 KiB. Pieces are copied, so their owner may reuse them. */
export class ChunkGatherer {
  readonly #full: Uint8Array<ArrayBuffer>[] = [];
  #open = new Uint8Array(CHUNK_BYTES);
  #used = 0;
  #bytes = 0;

  /** Bytes added so far, taken or not. */
  get bytes(): number {
    return this.#bytes;
  }

  add(piece: Uint8Array): void {
    this.#bytes += piece.length;
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + CHUNK_BYTES - this.#used);
      this.#open.set(part, this.#used);
      this.#used += part.length;
      from += part.length;
      if (this.#used === CHUNK_BYTES) this.#close();
    }
  }

  /** The full chunks, oldest first; the caller owns them. */
  *takeFull(): Generator<Uint8Array<ArrayBuffer>> {
    for (let chunk = this.#full.shift(); chunk !== undefined; chunk = this.#full.shift()) yield chunk;
  }

  /** All that was gathered, the last chunk being shorter. */
  *takeAll(): Generator<Uint8Array<ArrayBuffer>> {
    yield* this.takeFull();
    if (this.#used > 0) yield this.#open.slice(0, this.#used);
    this.#used = 0;
  }

  #close(): void {
    this.#full.push(this.#open);
    this.#open = new Uint8Array(CHUNK_BYTES);
    this.#used = 0;
  }
}
