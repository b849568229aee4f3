import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { SignatureEngine, StoredKey } from '../../core/ticket/signer/signer.ts';
import { bytesToHex, hexToBytes } from '../../core/ticket/token.ts';

const { Point } = ed25519;

type Bytes = Uint8Array<ArrayBuffer>;

/** A signature to judge, with nothing said about the verdict. */
export interface SignatureCase {
  readonly name: string;
  readonly publicKey: Bytes;
  readonly signature: Bytes;
  readonly message: Bytes;
}

/** Wycheproof's `eddsa_verify_schema_v1.json`, as far as it is used here. */
interface WycheproofFile {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: 'valid' | 'invalid';
    }[];
  }[];
}

/** Judges every Wycheproof vector with the engine. @returns the number judged, and the names of those judged wrongly. */
export async function judgeWycheproof(
  engine: SignatureEngine,
  file: unknown,
): Promise<{ judged: number; wrong: string[] }> {
  const { testGroups } = file as WycheproofFile;
  const wrong: string[] = [];
  let judged = 0;
  for (const { publicKey, tests } of testGroups)
    for (const { tcId, comment, msg, sig, result } of tests) {
      judged++;
      const verdict = await engine.verify(hexToBytes(publicKey.pk), hexToBytes(sig), hexToBytes(msg));
      if (verdict !== (result === 'valid')) wrong.push(`${tcId} ${comment}: expected ${result}`);
    }
  return { judged, wrong };
}

/** The number of tests that a Wycheproof file says it holds. */
export function wycheproofCount(file: unknown): number {
  return (file as WycheproofFile).numberOfTests;
}

/** One private key, stored as each engine stores it, so that both can be asked to sign the same. */
export async function storedKeysOf(
  seed: Bytes,
): Promise<{ publicKey: Bytes; webCrypto: StoredKey; software: StoredKey }> {
  const pkcs8 = new Uint8Array([...hexToBytes('302e020100300506032b657004220420'), ...seed]);
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, false, ['sign']);
  const wrappingKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealedSeed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrappingKey, seed));
  return {
    publicKey: new Uint8Array(ed25519.getPublicKey(seed)),
    webCrypto: { protection: 'webcrypto', privateKey },
    software: { protection: 'software', wrappingKey, iv, sealedSeed },
  };
}

/**
 * Signatures on which implementations are known to differ: points of small order in R, in the public key, or as the
 * public key; S plus the group order; coordinates that are not reduced. Made with the private key at hand.
 */
export function contestedSignatures(message: Bytes): SignatureCase[] {
  const cases: SignatureCase[] = [];
  const secret = 0x1234_5678_9abcn;
  const nonce = 0xfedc_ba98_7654n;
  const publicPoint = Point.BASE.multiply(secret);
  for (const hex of ED25519_TORSION_SUBGROUP) {
    const torsion = Point.fromBytes(hexToBytes(hex), true);
    const r = Point.BASE.multiply(nonce);
    cases.push(
      forge(`R plus ${hex.slice(0, 8)}…`, publicPoint.toBytes(), r.add(torsion).toBytes(), secret, nonce, message),
    );
    cases.push(
      forge(`A plus ${hex.slice(0, 8)}…`, publicPoint.add(torsion).toBytes(), r.toBytes(), secret, nonce, message),
    );
    cases.push(forge(`A is ${hex.slice(0, 8)}…`, torsion.toBytes(), r.toBytes(), 0n, nonce, message));
    cases.push(forge(`A and R are ${hex.slice(0, 8)}…`, torsion.toBytes(), torsion.toBytes(), 0n, 0n, message));
  }
  const plain = forge('plain', publicPoint.toBytes(), Point.BASE.multiply(nonce).toBytes(), secret, nonce, message);
  const s = bytesToNumberLE(plain.signature.subarray(32));
  for (const times of [1n, 2n, 8n])
    cases.push({
      ...plain,
      name: `S plus ${times} L`,
      signature: concat(plain.signature.subarray(0, 32), numberToBytesLE(s + times * Point.Fn.ORDER, 32)),
    });
  for (const y of [0n, 1n, 18n])
    for (const sign of [0, 0x80]) {
      const publicKey = numberToBytesLE(Point.Fp.ORDER + y, 32).slice() as Bytes;
      publicKey[31] = (publicKey[31] as number) | sign;
      cases.push(
        forge(`A is not reduced: p + ${y}, sign ${sign >> 7}`, publicKey, Point.BASE.toBytes(), 0n, 1n, message),
      );
    }
  return [plain, ...cases];
}

function forge(
  name: string,
  publicKey: Uint8Array,
  r: Uint8Array,
  secret: bigint,
  nonce: bigint,
  message: Bytes,
): SignatureCase {
  const k = Point.Fn.create(bytesToNumberLE(sha512(concat(r, publicKey, message))));
  const s = Point.Fn.create(nonce + k * secret);
  return { name, publicKey: new Uint8Array(publicKey), signature: concat(r, numberToBytesLE(s, 32)), message };
}

function concat(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** The cases that the two engines judge differently. */
export async function disagreements(
  left: SignatureEngine,
  right: SignatureEngine,
  cases: readonly SignatureCase[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { name, publicKey, signature, message } of cases) {
    const verdicts = [
      await left.verify(publicKey, signature, message),
      await right.verify(publicKey, signature, message),
    ] as const;
    if (verdicts[0] !== verdicts[1])
      found.push(
        `${name}: ${verdicts.join(' and ')} (key ${bytesToHex(publicKey)}, signature ${bytesToHex(signature)})`,
      );
  }
  return found;
}
