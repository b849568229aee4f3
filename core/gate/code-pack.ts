import type { CodePage } from '../api/gate-pack.ts';
import { shortCodeToInteger } from '../ticket/short-code.ts';
import { SIGNATURE_BYTES } from '../ticket/token.ts';
import type { TicketId } from './decide.ts';

/** A ticket's short code: 60 bits as an integer of 8 bytes, big-endian. */
export const CODE_BYTES = 8;

/** Two codes that are alike are as rare as that; beyond it nobody chooses any more. */
const MOST_FOUND = 10;

/**
 * The short codes of consecutive tickets.
 * @param signatures 64 bytes a ticket.
 */
export function packCodes(signatures: Uint8Array): Uint8Array<ArrayBuffer> {
  const count = signatures.length / SIGNATURE_BYTES;
  const from = new DataView(signatures.buffer, signatures.byteOffset, signatures.byteLength);
  const codes = new DataView(new ArrayBuffer(count * CODE_BYTES));
  for (let index = 0; index < count; index++) {
    const high = from.getUint32(index * SIGNATURE_BYTES);
    const low = from.getUint32(index * SIGNATURE_BYTES + 4);
    codes.setUint32(index * CODE_BYTES, high >>> 4);
    codes.setUint32(index * CODE_BYTES + 4, ((high << 28) | (low >>> 4)) >>> 0);
  }
  return new Uint8Array(codes.buffer);
}

interface Page {
  readonly batch: string;
  readonly firstSerial: number;
  /** Two words a code, in this machine's own order of bytes: they are compared with words of the same making. */
  readonly words: Uint32Array;
}

/**
 * Finds tickets by their short codes, of which it holds 8 bytes each and no index: serials are dense, so a code's place says
 * whose it is, and looking through a million takes about as long as showing a verdict.
 */
export class CodePack {
  readonly #pages: Page[] = [];
  #tickets = 0;

  /** How many tickets it knows. */
  get tickets(): number {
    return this.#tickets;
  }

  /** @throws {TypeError} when the codes are not whole. */
  add({ batch, firstSerial, codes }: CodePage): void {
    if (codes.length % CODE_BYTES !== 0) throw new TypeError('codes: expected 8 bytes a ticket');
    // A copy begins at a whole word.
    this.#pages.push({ batch, firstSerial, words: new Uint32Array(codes.slice().buffer) });
    this.#tickets += codes.length / CODE_BYTES;
  }

  /**
   * The tickets of a code, at most 10, in the order in which pages were added.
   * @param code as `parseShortCode` gives it.
   */
  find(code: string): TicketId[] {
    const bytes = new DataView(new ArrayBuffer(CODE_BYTES));
    bytes.setBigUint64(0, shortCodeToInteger(code));
    const [high, low] = new Uint32Array(bytes.buffer) as unknown as readonly [number, number];
    const found: TicketId[] = [];
    for (const { batch, firstSerial, words } of this.#pages)
      for (let at = 0; at < words.length && found.length < MOST_FOUND; at += 2)
        if (words[at] === high && words[at + 1] === low) found.push({ batch, serial: firstSerial + at / 2 });
    return found;
  }
}
