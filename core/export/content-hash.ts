/** SHA-256 over chunks as they come: {@link Sha256}, or what a host has of its own. */
export interface ContentHash {
  /** Takes the next chunk, in order; it may be reused afterwards. */
  update(chunk: Uint8Array<ArrayBuffer>): void;
  /** The hash of all chunks, 64 lower-case hex digits. Ends it. */
  digest(): string;
}
