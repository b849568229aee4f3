import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gateInputSchema, parsePairingCode } from '../../../core/api/gate-device.ts';
import { encodeBase32 } from '../../../core/ticket/base32.ts';

const codes = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(encodeBase32);

describe('a pairing code', () => {
  test('is read as it is scanned, pasted and typed', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const grouped = code.match(/.{1,4}/g)?.join(' ') ?? '';
        const confused = code.replaceAll('O', '0').replaceAll('I', '1').replaceAll('B', '8');
        const written = [code, grouped, grouped.replaceAll(' ', '-').toLowerCase(), confused, `\t${code}\n`];
        for (const text of [...written, ...written.map((part) => `https://tickets.example/gate/pair#${part}`)])
          expect(parsePairingCode(text)).toBe(code);
      }),
    );
  });

  test.each([
    '',
    'A'.repeat(25),
    'A'.repeat(27),
    `${'A'.repeat(25)}B`,
    `${'A'.repeat(25)}9`,
    'https://tickets.example/',
  ])('%j is none', (text) => {
    expect(parsePairingCode(text)).toBeUndefined();
  });
});

describe("a gate's types", () => {
  const gate = { name: 'A', direction: 'both', reentry: false, capacity: null, undo: true };

  test.each([[null], [[0]], [[0, 3, 255]]])('may be %j', (types) => {
    expect(gateInputSchema.parse({ ...gate, types }).types).toEqual(types);
  });

  test.each([[[]], [[1, 1]], [[2, 1]], [[256]], [[-1]]])('may not be %j', (types) => {
    expect(gateInputSchema.safeParse({ ...gate, types }).success).toBe(false);
  });
});
