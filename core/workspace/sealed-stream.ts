import { TicketmintError } from '../errors.ts';

/** Plaintext in a segment; all but the last are full. */
export const SEGMENT_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
/** Of the nonce's 11 bytes of counter so many are used: 2³² segments are 280 TB. */
const COUNTER_AT = NONCE_BYTES - 1 - 4;

/** Bytes that can be read anywhere, such as a file's. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `at`. */
  read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Encrypts a stream as AES-256-GCM segments after the STREAM construction, as age lays them out: the nonce is the segment's
 * number and whether it is the last, so that a segment left out, moved, doubled or cut off at the end is found. Lazy; holds
 * two segments.
 * @param key for this stream alone: its nonces begin at 0.
 */
export async function* sealStream(
  plaintext: AsyncIterable<Uint8Array>,
  key: CryptoKey,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const segment = new Uint8Array(SEGMENT_BYTES);
  let length = 0;
  let index = 0;
  const seal = async (isLast: boolean) => {
    const algorithm = { name: 'AES-GCM', iv: nonceOf(index++, isLast) };
    const sealed = await crypto.subtle.encrypt(algorithm, key, segment.subarray(0, length));
    length = 0;
    return new Uint8Array(sealed);
  };
  for await (const bytes of plaintext)
    for (let at = 0; at < bytes.length; ) {
      // A full one waits until more comes: it may be the last.
      if (length === SEGMENT_BYTES) yield await seal(false);
      const piece = bytes.subarray(at, at + SEGMENT_BYTES - length);
      segment.set(piece, length);
      length += piece.length;
      at += piece.length;
    }
  yield await seal(true);
}

/**
 * Decrypts what {@link sealStream} made. Each segment is authenticated before any of it is given out; that the whole is
 * there is known only at the end.
 * @param from where the first segment begins in the source.
 * @throws {TicketmintError} `workspace-damaged`
 */
export async function* openStream(
  source: ByteSource,
  from: number,
  key: CryptoKey,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const sealedBytes = SEGMENT_BYTES + TAG_BYTES;
  let at = from;
  for (let index = 0; ; index++) {
    const length = Math.min(sealedBytes, source.size - at);
    if (length < TAG_BYTES) throw damaged('the file ends too early');
    const sealed = await source.read(at, length);
    at += length;
    const isLast = at === source.size;
    yield await openSegment(sealed, nonceOf(index, isLast), key);
    if (isLast) return;
  }
}

async function openSegment(
  sealed: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed));
  } catch (cause) {
    throw damaged('a part of the file was changed, moved or cut off', cause);
  }
}

function nonceOf(index: number, isLast: boolean): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(NONCE_BYTES);
  new DataView(nonce.buffer).setUint32(COUNTER_AT, index);
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
  return nonce;
}

function damaged(reason: string, cause?: unknown): TicketmintError {
  return new TicketmintError('workspace-damaged', reason, { cause });
}
