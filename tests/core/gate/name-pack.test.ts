import { createDecipheriv, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NAME_RECORD_BYTES, nameRecordText, openNameRecord, type TicketNames } from '../../../core/gate/name-pack.ts';
import { bytesToHex, hexToBytes } from '../../../core/ticket/token.ts';
import { sealNameRecord } from '../../../server/gates/name-sealer.ts';

interface Vector {
  readonly payload: string;
  readonly signature: string;
  readonly key: string;
  readonly text: string;
  readonly record: string;
  readonly names: TicketNames;
}

const vectorsFile = new URL('../../vectors/name-record-v1.json', import.meta.url);
const vectors = JSON.parse(readFileSync(vectorsFile, 'utf8')) as readonly [Vector, ...Vector[]];

function sourceOf({ payload, signature }: Vector) {
  const bytes = hexToBytes(payload);
  return {
    batchId: payload.slice(2, 14),
    serial: new DataView(bytes.buffer).getUint32(7),
    typeIndex: bytes[11] as number,
    signature: hexToBytes(signature),
  };
}

/** By RFC 5869 and Node's own AES, with none of our code. */
function openElsewhere(record: Uint8Array, { payload, signature }: Vector): { key: Buffer; names: unknown } {
  const extracted = createHmac('sha256', Buffer.alloc(32)).update(Buffer.from(signature, 'hex')).digest();
  const key = createHmac('sha256', extracted).update('ticketmint/name-record/1\n').update(Buffer.of(1)).digest();
  const decipher = createDecipheriv('aes-256-gcm', key, record.subarray(0, 12));
  decipher.setAAD(Buffer.from(payload, 'hex')).setAuthTag(record.subarray(-16));
  const text = Buffer.concat([decipher.update(record.subarray(12, -16)), decipher.final()]);
  return { key, names: decode(text.subarray(2, 2 + text.readUInt16BE())) };
}

const mapIn = (text: Uint8Array) => decode(text.subarray(2, 2 + new DataView(text.buffer).getUint16(0))) as TicketNames;

describe('a name record', () => {
  test.each(vectors)('$names opens as in the vector', async (vector) => {
    expect(bytesToHex(nameRecordText(vector.names))).toBe(vector.text);
    const record = hexToBytes(vector.record);
    expect(record).toHaveLength(NAME_RECORD_BYTES);
    expect(await openNameRecord(record, sourceOf(vector))).toEqual(vector.names);
    const elsewhere = openElsewhere(record, vector);
    expect([elsewhere.key.toString('hex'), elsewhere.names]).toEqual([vector.key, vector.names]);
  });

  test('that the server seals opens with the token, here and elsewhere, and is never the same twice', async () => {
    const [vector] = vectors;
    const { signature, ...payload } = sourceOf(vector);
    const names = { holder: 'Asha Rao', seat: 'B 12' };
    const [record, again] = [0, 1].map(() => new Uint8Array(sealNameRecord(names, payload, signature)));
    expect(record).not.toEqual(again);
    expect(await openNameRecord(record as Uint8Array<ArrayBuffer>, { ...payload, signature })).toEqual(names);
    expect(openElsewhere(record as Uint8Array, vector).names).toEqual(names);
  });

  test('opens with no other token, and not when anything of it was changed', async () => {
    const [vector] = vectors;
    const source = sourceOf(vector);
    const record = hexToBytes(vector.record);
    const refused = (bytes: Uint8Array<ArrayBuffer>, parts: Partial<typeof source> = {}) =>
      expect(openNameRecord(bytes, { ...source, ...parts })).rejects.toMatchObject({ code: 'gate-message-invalid' });
    await refused(record, { serial: source.serial + 1 });
    await refused(record, { typeIndex: 9 });
    await refused(record, { batchId: 'abcdefabcdef' });
    const signature = source.signature.slice();
    // The first 8 bytes are in a code pack.
    signature.fill(0, 8);
    await refused(record, { signature });
    for (const at of [0, 11, 12, 100, NAME_RECORD_BYTES - 1]) {
      const changed = record.slice();
      changed[at] = (changed[at] as number) ^ 1;
      await refused(changed);
    }
    await refused(record.slice(0, 20));
  });

  test('has one length whatever it holds, and cuts between characters', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 1_000 });
    fc.assert(
      fc.property(text, text, (holder, seat) => {
        const bytes = nameRecordText({ holder, seat });
        const map = mapIn(bytes);
        expect(bytes).toHaveLength(164);
        for (const [full, kept = ''] of [
          [holder, map.holder],
          [seat, map.seat],
        ] as const)
          expect(kept === full || (kept.endsWith('…') && full.startsWith(kept.slice(0, -1)))).toBe(true);
      }),
    );
    const fitting = { holder: 'क'.repeat(45), seat: 'Balcony 4' };
    expect(mapIn(nameRecordText(fitting))).toEqual(fitting);
  });
});
