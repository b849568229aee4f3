import { expose, transfer } from 'comlink';
import { inlineHash } from '../core/export/content-hash.ts';
import { installErrorTransfer } from './error-transfer.ts';

export interface HashApi {
  /** Takes the next bytes, the first `length` of the buffer, in order. Both ways the buffer is transferred. */
  update(buffer: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer>;
  /** SHA-256 of all bytes, 64 hex digits. */
  digest(): Promise<string>;
}

const hash = inlineHash();

const api: HashApi = {
  update(buffer, length) {
    void hash.update(buffer.subarray(0, length));
    return transfer(buffer, [buffer.buffer]);
  },
  digest: () => hash.digest(),
};

installErrorTransfer();
expose(api);
