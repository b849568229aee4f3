/** Writes to the compressor that may be under way at once: it works on one while the next is made. */
const WRITES_AHEAD = 2;
/** Node's compressor (its default high water mark) takes smaller chunks without having worked on them. */
export const REUSABLE_BYTES = 64 * 1024;

/**
 * Compresses a stream of bytes, lazily: `gzip` (RFC 1952), or `deflate-raw` (RFC 1951, without a header). The engine's
 * compressor may work in a thread of its own, so a few chunks are read ahead. A chunk must not be changed after it was
 * given; one of {@link REUSABLE_BYTES} or more may be, when two more have been asked for. Leaving early closes the input.
 */
export async function* compress(
  input: AsyncIterable<Uint8Array<ArrayBuffer>>,
  format: 'gzip' | 'deflate-raw',
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream(format);
  const reader = readable.getReader();
  const writer = writable.getWriter();
  // Node's stream goes on accepting what nobody reads any more, so a failing write does not tell.
  const left = new AbortController();
  const feeding = feed(input, writer, left.signal);
  // Awaited below; the reader gets the same error.
  feeding.catch(() => {});
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
    await feeding;
  } finally {
    left.abort();
    await Promise.allSettled([reader.cancel(), writer.abort(), feeding]);
  }
}

async function feed(
  input: AsyncIterable<Uint8Array<ArrayBuffer>>,
  writer: WritableStreamDefaultWriter<BufferSource>,
  left: AbortSignal,
): Promise<void> {
  const writes: Promise<void>[] = [];
  try {
    for await (const chunk of input) {
      if (left.aborted) return;
      const write = writer.write(chunk);
      // Awaited in its turn, or never, when an earlier one fails.
      write.catch(() => {});
      writes.push(write);
      if (writes.length >= WRITES_AHEAD) await writes.shift();
      if (left.aborted) return;
    }
    await Promise.all(writes);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}
