import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '../ticket/token.ts';

/** SHA-256 over chunks as they come. */
export interface ContentHash {
  /** Takes the next chunk, in order. A promise means: wait for it before the next one; the chunk may be reused then. */
  update(chunk: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /** The hash of all chunks, 64 lower-case hex digits. Ends it. */
  digest(): Promise<string>;
  /** Gives up without a result. */
  dispose(): void;
}

/** In this thread, about 170 MB/s. */
export function inlineHash(): ContentHash {
  const hash = sha256.create();
  return {
    update: (chunk) => void hash.update(chunk),
    digest: async () => bytesToHex(hash.digest()),
    dispose: () => hash.destroy(),
  };
}
