import { exportError } from '../export/fault-error.ts';
import type { PreparedImage } from './embed-image.ts';
import { prepareJpeg } from './jpeg.ts';
import { preparePng } from './png.ts';

/** More than a page can use: an A3 sheet with bleed at 600 dots an inch has 75 million. */
const MAX_PIXELS = 100_000_000;

/**
 * Reads a JPEG or PNG picture for a document. JPEG data go into the file as they are, and so do PNG data without
 * transparency; transparent ones are unpacked, at most 100 million pixels.
 * @throws {TicketmintError} `image-invalid` when it is no such picture, damaged, interlaced or too large.
 */
export async function prepareImage(bytes: Uint8Array<ArrayBuffer>): Promise<PreparedImage> {
  const image = bytes[0] === 0xff && bytes[1] === 0xd8 ? prepareJpeg(bytes) : await preparePng(bytes, MAX_PIXELS);
  if (image.width * image.height > MAX_PIXELS || image.width === 0 || image.height === 0)
    throw exportError({ code: 'picture-too-large', pixels: MAX_PIXELS });
  return image;
}
