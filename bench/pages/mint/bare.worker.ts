import { expose } from 'comlink';
import { SIGNATURE_BYTES, signedMessageWriter } from '../../../core/ticket/token.ts';
import { verifySample } from './verify-sample.ts';

const IN_FLIGHT = 250;
const BATCH_ID = '000000000000';

let messages = new Uint8Array();
let signatures = new Uint8Array();
let messageBytes = 0;
let keys: CryptoKeyPair;

const api = {
  /** Makes the key and all messages, so that the clock sees signing alone. */
  async prepare(rows: number): Promise<void> {
    keys = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    const messageOf = signedMessageWriter(BATCH_ID, 0);
    messageBytes = messageOf(1).length;
    messages = new Uint8Array(rows * messageBytes);
    signatures = new Uint8Array(rows * SIGNATURE_BYTES);
    for (let index = 0; index < rows; index++) messages.set(messageOf(index + 1), index * messageBytes);
  },

  async sign(): Promise<void> {
    const rows = signatures.length / SIGNATURE_BYTES;
    for (let start = 0; start < rows; start += IN_FLIGHT) {
      const length = Math.min(IN_FLIGHT, rows - start);
      const results = await Promise.all(
        Array.from({ length }, (_, index) => {
          const offset = (start + index) * messageBytes;
          return crypto.subtle.sign('Ed25519', keys.privateKey, messages.subarray(offset, offset + messageBytes));
        }),
      );
      for (const [index, result] of results.entries())
        signatures.set(new Uint8Array(result), (start + index) * SIGNATURE_BYTES);
    }
  },

  async check(): Promise<void> {
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
    await verifySample(publicKey, signedMessageWriter(BATCH_ID, 0), async (offer) => offer(1, signatures));
  },
};
export type BareApi = typeof api;

expose(api);
