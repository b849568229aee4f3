import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CodePack, packCodes } from '../../../core/gate/code-pack.ts';
import { parseShortCode, shortCodesOf, shortCodeToInteger } from '../../../core/ticket/short-code.ts';
import { bytesToHex, hexToBytes } from '../../../core/ticket/token.ts';

const vectorsFile = new URL('../../vectors/token-v1.json', import.meta.url);
const { valid } = JSON.parse(readFileSync(vectorsFile, 'utf8')) as {
  valid: { signature: string; shortCode: string }[];
};
const BATCH = 'aaaaaaaaaaaa';

function signaturesOf(count: number): Uint8Array<ArrayBuffer> {
  const signatures = new Uint8Array(count * 64);
  for (let from = 0; from < signatures.length; from += 65_536)
    crypto.getRandomValues(signatures.subarray(from, from + 65_536));
  return signatures;
}

describe('a code pack', () => {
  test('holds each code as 8 bytes, big-endian', () => {
    for (const { signature, shortCode } of valid) {
      const integer = shortCodeToInteger(shortCode).toString(16).padStart(16, '0');
      expect(bytesToHex(packCodes(hexToBytes(signature)))).toBe(integer);
    }
  });

  test('finds every ticket by its code as it is typed, and no other', () => {
    const pack = new CodePack();
    const chunks = [0, 1, 2].map(() => signaturesOf(500));
    for (const [seq, signatures] of chunks.entries())
      pack.add({ batch: BATCH, firstSerial: 1 + seq * 500, codes: packCodes(signatures) });
    expect(pack.tickets).toBe(1_500);
    const codes = chunks.flatMap((signatures) => shortCodesOf(signatures, 0, 500));
    for (const [index, code] of codes.entries())
      expect(pack.find(parseShortCode(code.toLowerCase().replaceAll('-', ' ')) as string)).toEqual([
        { batch: BATCH, serial: index + 1 },
      ]);
    expect(pack.find(shortCodesOf(signaturesOf(1), 0, 1)[0] as string)).toEqual([]);
  });

  test('finds all that share a code', () => {
    const pack = new CodePack();
    const codes = packCodes(signaturesOf(3));
    const shared = packCodes(hexToBytes(valid[0]?.signature as string));
    codes.set(shared, 8);
    // At an odd place in memory, as in a message.
    const message = new Uint8Array(3 + codes.length);
    message.set(codes, 3);
    pack.add({ batch: BATCH, firstSerial: 11, codes: message.subarray(3) });
    pack.add({ batch: 'bbbbbbbbbbbb', firstSerial: 5, codes: shared });
    expect(pack.find(valid[0]?.shortCode as string)).toEqual([
      { batch: BATCH, serial: 12 },
      { batch: 'bbbbbbbbbbbb', serial: 5 },
    ]);
  });

  test('refuses codes that are cut', () => {
    expect(() => new CodePack().add({ batch: BATCH, firstSerial: 1, codes: new Uint8Array(12) })).toThrow(TypeError);
  });
});
