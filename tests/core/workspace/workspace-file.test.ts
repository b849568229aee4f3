import { createDecipheriv } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { decode } from 'cborg';
import { describe, expect, test } from 'vitest';
import { HEADER_BYTES } from '../../../core/workspace/workspace-key.ts';
import { BATCH, CONTENTS, chunkOf, open, PASSPHRASE, START, seal } from '../../suites/workspace/sample-workspace.ts';

const HEADER = { magic: 23, kdf: 23, iterations: 24, salt: 28, check: 44 } as const;
const file = Buffer.from(await seal());

describe('a workspace file', () => {
  test('gives back what was put in, with its counts at the end', async () => {
    const counts = { batches: 1, chunks: 3, tickets: 120, runs: 1, exports: 0, answers: 1, changes: 1 };
    const expected = [{ kind: 'workspace', version: 1, ...START }, ...CONTENTS, { kind: 'end', ...counts }];
    expect(await open(file)).toEqual(expected);
  });

  test('is another each time, and shows nothing of what is in it', async () => {
    expect(file.equals(await seal())).toBe(false);
    for (const word of ['Guest', 'guests.csv', 'workspace"', BATCH.publicKey]) expect(file.includes(word)).toBe(false);
  });

  test('leaves out what is undefined, and is never written with what could not be read back', async () => {
    const batch = { ...BATCH, rehearsal: undefined };
    expect(await open(await seal([{ kind: 'batch', batch }]))).toContainEqual({ kind: 'batch', batch: BATCH });
    const wrong = { kind: 'answer', name: '', value: 1 } as const;
    await expect(seal([wrong])).rejects.toMatchObject({ code: 'workspace-damaged' });
  });

  // By other libraries than ours: OpenSSL for AES-GCM, noble for the key derivation, by the layout of the documentation.
  test('is opened by other libraries with nothing but its documentation', () => {
    expect(file.subarray(0, HEADER.magic).toString()).toBe('ticketmint/workspace/1\n');
    expect(file[HEADER.kdf]).toBe(1);
    const iterations = file.readUInt32BE(HEADER.iterations);
    expect(iterations).toBeGreaterThanOrEqual(600_000);
    const salt = file.subarray(HEADER.salt, HEADER.check);
    const master = pbkdf2(sha256, PASSPHRASE, salt, { c: iterations, dkLen: 32 });
    const info = (purpose: string) => Buffer.concat([file.subarray(0, HEADER.check), Buffer.from(purpose)]);
    expect(Buffer.from(hkdf(sha256, master, undefined, info('check'), 16))).toEqual(
      Buffer.from(file.subarray(HEADER.check, HEADER_BYTES)),
    );
    const key = hkdf(sha256, master, undefined, info('key'), 32);
    const kinds: string[] = [];
    for (let plain = decryptSegments(key), at = 0; at < plain.length; ) {
      const length = plain.readUInt32BE(at);
      kinds.push((decode(plain.subarray(at + 4, at + 4 + length)) as { kind: string }).kind);
      at += 4 + length;
    }
    expect(kinds).toEqual(['workspace', ...CONTENTS.map(({ kind }) => kind), 'end']);
  });

  function decryptSegments(key: Uint8Array): Buffer {
    const plain: Buffer[] = [];
    const sealedBytes = 65_536 + 16;
    for (let index = 0, at = HEADER_BYTES; at < file.length; index++, at += sealedBytes) {
      const sealed = file.subarray(at, at + sealedBytes);
      const nonce = Buffer.alloc(12);
      nonce.writeUInt32BE(index, 7);
      nonce[11] = at + sealed.length === file.length ? 1 : 0;
      const decipher = createDecipheriv('aes-256-gcm', key, nonce);
      decipher.setAuthTag(sealed.subarray(-16));
      plain.push(decipher.update(sealed.subarray(0, -16)), decipher.final());
    }
    return Buffer.concat(plain);
  }

  test('says that a passphrase is wrong, and takes one however its accents are typed', async () => {
    await expect(open(file, `${PASSPHRASE} `)).rejects.toMatchObject({ code: 'workspace-passphrase-wrong' });
    const composed = await seal(CONTENTS, 'caf\u00e9 au lait, s’il te pla\u00eet');
    expect(await open(composed, 'cafe\u0301 au lait, s’il te plai\u0302t')).toHaveLength(CONTENTS.length + 2);
    // The check covers the header: another salt is another key.
    const salted = Buffer.from(file);
    salted[HEADER.salt] = (salted[HEADER.salt] as number) ^ 1;
    await expect(open(salted)).rejects.toMatchObject({ code: 'workspace-passphrase-wrong' });
  });

  test('refuses files of others, of other versions, and too few or too many iterations', async () => {
    const changed = (at: number, value: number) => {
      const copy = Buffer.from(file);
      copy[at] = value;
      return copy;
    };
    const few = Buffer.from(file);
    few.writeUInt32BE(599_999, HEADER.iterations);
    const many = Buffer.from(file);
    many.writeUInt32BE(0xffff_ffff, HEADER.iterations);
    const wrong = [Buffer.alloc(0), Buffer.from('PK'), Buffer.alloc(500), changed(HEADER.magic - 2, 0x32)];
    for (const bytes of [...wrong, changed(HEADER.kdf, 2), few, many])
      await expect(open(bytes)).rejects.toMatchObject({ code: 'workspace-unsupported' });
  });
});

describe('what a program that errs has written', () => {
  const second = { ...BATCH, id: 'ba9876543210' };
  test.each([
    ['a chunk before any batch', [chunkOf(BATCH, 0)]],
    ['a chunk of another batch', [{ kind: 'batch', batch: BATCH } as const, chunkOf(second, 0)]],
    ['a chunk twice', [{ kind: 'batch', batch: BATCH } as const, chunkOf(BATCH, 0), chunkOf(BATCH, 0)]],
    ['a chunk beyond the batch', [{ kind: 'batch', batch: { ...BATCH, count: 50 } } as const, chunkOf(BATCH, 1)]],
    ['a count that is wrong', [{ kind: 'batch', batch: BATCH } as const, { ...chunkOf(BATCH, 0), count: 49 }]],
    [
      'bytes of another chunk',
      [{ kind: 'batch', batch: BATCH } as const, { ...chunkOf(BATCH, 0), bytes: chunkOf(BATCH, 1).bytes }],
    ],
    [
      'bytes that are no chunk',
      [{ kind: 'batch', batch: BATCH } as const, { ...chunkOf(BATCH, 0), bytes: Buffer.of(1) }],
    ],
    ['an unknown state', [{ kind: 'batch', batch: { ...BATCH, state: 'melted' as 'minted' } } as const]],
  ])('is refused: %s', async (_, contents) => {
    const written = seal(contents).then((bytes) => open(bytes));
    await expect(written).rejects.toMatchObject({ code: 'workspace-damaged' });
  });
});
