import { type ObjectNumber, reference } from './objects.ts';
import type { PdfFile } from './pdf-file.ts';

/** An image as a file takes it: see `prepareImage`. */
export interface PreparedImage {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Colour space, bits, filter: entries of its dictionary. */
  readonly entries: string;
  readonly data: Uint8Array<ArrayBuffer>;
  /** Whether `data` are as the filter wants them; else they are deflated. */
  readonly isEncoded: boolean;
  /** How opaque each pixel is: 8 bits a pixel, by rows; null: all of it. */
  readonly opacity: Uint8Array<ArrayBuffer> | null;
}

/** Writes an image XObject (ISO 32000-2 §8.9.5), with its soft mask where it has one. @returns its object. */
export function embedImage(file: PdfFile, image: PreparedImage): ObjectNumber {
  const { width, height, entries, data, isEncoded, opacity } = image;
  const size = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}`;
  const object = file.allocate();
  const mask = opacity === null ? null : file.allocate();
  const all = `${size}${entries}${mask === null ? '' : `/SMask ${reference(mask)}`}`;
  if (isEncoded) file.writeEncodedStream(object, all, data);
  else file.writeStream(object, all, data);
  if (mask !== null && opacity !== null)
    file.writeStream(mask, `${size}/ColorSpace/DeviceGray/BitsPerComponent 8`, opacity);
  return object;
}
