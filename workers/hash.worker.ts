import { expose } from 'comlink';
import { inlineHash } from '../core/export/content-hash.ts';
import { installErrorTransfer } from './error-transfer.ts';

export interface HashApi {
  /** Takes the next chunks, in order. Their buffers are meant to be transferred. */
  update(chunks: readonly Uint8Array<ArrayBuffer>[]): void;
  /** SHA-256 of all chunks, 64 hex digits. */
  digest(): Promise<string>;
}

const hash = inlineHash();

const api: HashApi = {
  update(chunks) {
    for (const chunk of chunks) void hash.update(chunk);
  },
  digest: () => hash.digest(),
};

installErrorTransfer();
expose(api);
