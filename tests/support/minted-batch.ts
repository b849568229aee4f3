import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type BatchManifest, declarationMessage } from '../../core/api/batch.ts';
import { type BatchShape, chunkCountOf, chunkRange, encodeChunk, type FieldColumns } from '../../core/chunk/chunk.ts';
import { batchIdOf } from '../../core/ticket/batch-id.ts';
import type { Signer } from '../../core/ticket/signer/signer.ts';
import { webCryptoEngine } from '../../core/ticket/signer/web-crypto.ts';
import { signedMessageWriter } from '../../core/ticket/token.ts';

/** When every batch of the tests was minted. */
export const MINTED_AT = 1_790_000_000_000;

export interface MintOptions extends BatchShape {
  readonly eventId: string;
  readonly typeIndex?: number;
  readonly rehearsal?: true;
  /** The fields of one chunk; without it the batch is not personalised. */
  readonly fieldsOf?: (range: { firstSerial: number; count: number }) => FieldColumns;
}

/** A batch as a browser would mint it, with a key of its own that stays for the test. */
export interface MintedBatch {
  readonly id: string;
  readonly manifest: BatchManifest;
  readonly chunks: number;
  readonly signer: Signer;
  /** The chunk's CBOR; the same at every call. */
  chunk(seq: number): Promise<Uint8Array<ArrayBuffer>>;
}

export async function mintBatch(options: MintOptions): Promise<MintedBatch> {
  const { eventId, count, chunkSize, typeIndex = 0, rehearsal, fieldsOf } = options;
  const { publicKey, storedKey } = await webCryptoEngine.generateKeyPair();
  const signer = await webCryptoEngine.openSigner(storedKey);
  const id = await batchIdOf(publicKey);
  const declaration = {
    publicKey: Buffer.from(publicKey).toString('base64url'),
    typeIndex,
    count,
    chunkSize,
    notBefore: null,
    notAfter: null,
    runId: createHash('md5').update(id).digest('hex'),
    keyProtection: 'webcrypto' as const,
    rehearsal,
  };
  const proof = await signer.signAll([declarationMessage(eventId, declaration)]);
  const messageOf = signedMessageWriter(id, typeIndex);
  return {
    id,
    manifest: { ...declaration, proof: Buffer.from(proof).toString('base64url') },
    chunks: chunkCountOf(options),
    signer,
    async chunk(seq) {
      const range = chunkRange(options, seq);
      const serials = Array.from({ length: range.count }, (_, index) => range.firstSerial + index);
      const signatures = await signer.signAll(serials.map(messageOf));
      const fields = fieldsOf?.(range);
      const chunk = { batchId: id, seq, ...range, mintedAt: MINTED_AT, signatures };
      return encodeChunk(fields === undefined ? chunk : { ...chunk, fields });
    },
  };
}

/** The request that uploads a chunk's bytes, as the uploader sends it. */
export function chunkRequest(bytes: Uint8Array<ArrayBuffer>, { gzip = false } = {}) {
  const body = gzip ? new Uint8Array(gzipSync(bytes)) : bytes;
  const headers: Record<string, string> = {
    'Content-Type': 'application/cbor',
    'Content-Digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
  };
  if (gzip) headers['Content-Encoding'] = 'gzip';
  return { method: 'PUT', headers, body };
}
