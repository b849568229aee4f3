import { compress } from './compress.ts';
import type { ExportContext } from './format.ts';
import { Sha256 } from './sha256.ts';

/** The content compressed with gzip (RFC 1952), lazily; the context is told the hash of what was compressed. */
export async function* gzip(
  content: AsyncIterable<Uint8Array<ArrayBuffer>>,
  context: ExportContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = new Sha256();
  yield* compress(hashed(content, hash), 'gzip');
  context.contentSha256?.(hash.digest());
}

async function* hashed(
  content: AsyncIterable<Uint8Array<ArrayBuffer>>,
  hash: Sha256,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}
