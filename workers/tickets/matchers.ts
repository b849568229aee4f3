import type { TicketHit } from '../../core/api/batch.ts';
import type { Chunk } from '../../core/chunk/chunk.ts';
import { shortCodeToInteger } from '../../core/ticket/short-code.ts';
import { SIGNATURE_BYTES } from '../../core/ticket/token.ts';

/** Tells what of a ticket was meant, or `undefined` for another ticket. */
export type Match = (chunk: Chunk, index: number) => TicketHit['matched'] | undefined;

/** Columns in which text is looked for. */
const SEARCHED = ['seat', 'holder', 'email', 'ref', 'phone', 'organisation'] as const;

export function serialMatcher(serial: number): Match {
  return (chunk, index) => (chunk.firstSerial + index === serial ? 'serial' : undefined);
}

/** The very ticket: another signature under the same serial is not it. */
export function signatureMatcher(serial: number, signature: Uint8Array): Match {
  return ({ firstSerial, signatures }, index) => {
    if (firstSerial + index !== serial) return undefined;
    const start = index * SIGNATURE_BYTES;
    return signature.every((byte, at) => byte === signatures[start + at]) ? 'token' : undefined;
  };
}

/** Compares the first 60 bits of the signature, without writing a code for every ticket. */
export function shortCodeMatcher(code: string): Match {
  const wanted = new DataView(new ArrayBuffer(8));
  wanted.setBigUint64(0, shortCodeToInteger(code) << 4n);
  const bytes = new Uint8Array(wanted.buffer);
  return ({ signatures }, index) => {
    const start = index * SIGNATURE_BYTES;
    for (let at = 0; at < 7; at++) if (signatures[start + at] !== bytes[at]) return undefined;
    return ((signatures[start + 7] as number) & 0xf0) === bytes[7] ? 'code' : undefined;
  };
}

/** Text within a field, whatever its case. */
export function fieldMatcher(query: string): Match {
  const wanted = fold(query);
  return ({ fields }, index) => {
    if (fields === undefined || wanted === '') return undefined;
    const isFound = SEARCHED.some((column) => {
      const value = fields[column]?.[index];
      return value != null && fold(value).includes(wanted);
    });
    return isFound ? 'text' : undefined;
  };
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
