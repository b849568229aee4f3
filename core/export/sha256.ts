import { bytesToHex } from '../ticket/token.ts';
import type { ContentHash } from './content-hash.ts';

/** FIPS 180-4 §4.2.2, §5.3.3: fractional parts of the cube and square roots of the first primes. */
const K = rootsOfPrimes(64, Math.cbrt);
const INITIAL_STATE = rootsOfPrimes(8, Math.sqrt);
const BLOCK_BYTES = 64;
/** Where the message's length in bits stands in the last block. */
const LENGTH_AT = 56;

/**
 * SHA-256 (FIPS 180-4) over bytes as they come. Not for secrets: it exists because exports hash hundreds of megabytes,
 * and in Chromium it is four times as fast as @noble/hashes; see `docs/decisions/030-own-sha-256-for-exports.md`.
 */
export class Sha256 implements ContentHash {
  readonly #state = INITIAL_STATE.slice();
  readonly #schedule = new Int32Array(64);
  /** The start of a block whose rest has not come yet. */
  readonly #partial = new Uint8Array(BLOCK_BYTES);
  #partialBytes = 0;
  #bytes = 0;

  update(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    let at = 0;
    if (this.#partialBytes > 0) {
      at = Math.min(bytes.length, BLOCK_BYTES - this.#partialBytes);
      this.#partial.set(bytes.subarray(0, at), this.#partialBytes);
      this.#partialBytes += at;
      if (this.#partialBytes < BLOCK_BYTES) return;
      this.#compress(this.#partial, 0, BLOCK_BYTES);
    }
    const end = bytes.length - ((bytes.length - at) % BLOCK_BYTES);
    this.#compress(bytes, at, end);
    this.#partial.set(bytes.subarray(end));
    this.#partialBytes = bytes.length - end;
  }

  /** The hash of all bytes, 64 lower-case hex digits. Ends it. */
  digest(): string {
    const bits = 8 * this.#bytes;
    const isLengthInSameBlock = this.#partialBytes < LENGTH_AT;
    const last = new Uint8Array(isLengthInSameBlock ? BLOCK_BYTES : 2 * BLOCK_BYTES);
    last.set(this.#partial.subarray(0, this.#partialBytes));
    last[this.#partialBytes] = 0x80;
    const view = new DataView(last.buffer);
    view.setUint32(last.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(last.length - 4, bits % 2 ** 32);
    this.#compress(last, 0, last.length);
    const digest = new DataView(new ArrayBuffer(32));
    for (const [index, word] of this.#state.entries()) digest.setInt32(4 * index, word);
    return bytesToHex(new Uint8Array(digest.buffer));
  }

  /** FIPS 180-4 §6.2.2 over whole blocks, in its letters. */
  #compress(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const w = this.#schedule;
    const state = this.#state;
    for (let block = from; block < to; block += BLOCK_BYTES) {
      prepareSchedule(w, view, block);
      let a = state[0] as number;
      let b = state[1] as number;
      let c = state[2] as number;
      let d = state[3] as number;
      let e = state[4] as number;
      let f = state[5] as number;
      let g = state[6] as number;
      let h = state[7] as number;
      for (let t = 0; t < 64; t++) {
        const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t1 = (h + sum1 + (g ^ (e & (f ^ g))) + (K[t] as number) + (w[t] as number)) | 0;
        const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const t2 = (sum0 + ((a & b) | (c & (a | b)))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + t1) | 0;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) | 0;
      }
      // Wraps modulo 2^32, as the array's elements are 32 bits.
      state[0] = (state[0] as number) + a;
      state[1] = (state[1] as number) + b;
      state[2] = (state[2] as number) + c;
      state[3] = (state[3] as number) + d;
      state[4] = (state[4] as number) + e;
      state[5] = (state[5] as number) + f;
      state[6] = (state[6] as number) + g;
      state[7] = (state[7] as number) + h;
    }
  }
}

/** FIPS 180-4 §6.2.2 step 1: the block's 16 words, and 48 made of them. */
function prepareSchedule(w: Int32Array, view: DataView, block: number): void {
  for (let t = 0; t < 16; t++) w[t] = view.getInt32(block + 4 * t);
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15] as number;
    const y = w[t - 2] as number;
    const sigma0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const sigma1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16] as number) + sigma0 + (w[t - 7] as number) + sigma1;
  }
}

/** The first 32 bits of the fractional parts of the first primes' roots. */
function rootsOfPrimes(count: number, root: (prime: number) => number): Int32Array {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return Int32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}
