import { exportError } from '../export/fault-error.ts';

/**
 * The bytes of a zlib stream (RFC 1950) that is known to hold so many.
 * @throws {TicketmintError} `image-invalid` when it holds more or fewer, or is damaged; never holds more than expected.
 */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new DecompressionStream('deflate');
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(bytes), writer.close()]);
  const reader = readable.getReader();
  const whole = new Uint8Array(length);
  let at = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (at + piece.value.length > length) throw new RangeError('too long');
      whole.set(piece.value, at);
      at += piece.value.length;
    }
    await written;
    if (at < length) throw new RangeError('too short');
    return whole;
  } catch (cause) {
    // The same reason again, or that of the cancellation.
    written.catch(() => {});
    await reader.cancel().catch(() => {});
    throw exportError({ code: 'picture-damaged' }, { cause });
  }
}
