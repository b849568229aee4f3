import { exportError } from '../export/fault-error.ts';
import type { PreparedImage } from './embed-image.ts';
import { inflate } from './inflate.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const GREY = 0;
const INDEXED = 3;
const GREY_WITH_ALPHA = 4;
const RGB_WITH_ALPHA = 6;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Png {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colourType: number;
  readonly palette: Uint8Array;
  /** The `tRNS` chunk: how opaque palette entries are, or the one colour that is transparent. */
  readonly transparency: Uint8Array | null;
  /** All `IDAT` chunks, one after another: a zlib stream. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * A PNG picture (ISO/IEC 15948): its own compressed rows where a PDF can take them, with alpha unpacked into a mask.
 * A transparent colour of an opaque type is drawn as it is.
 * @throws {TicketmintError} `image-invalid`.
 */
export async function preparePng(bytes: Uint8Array<ArrayBuffer>, maxPixels: number): Promise<PreparedImage> {
  const png = readChunks(bytes);
  const { width, height, bits, colourType, data } = png;
  if (width * height > maxPixels) throw exportError({ code: 'picture-too-large', pixels: maxPixels });
  const hasAlpha = colourType === GREY_WITH_ALPHA || colourType === RGB_WITH_ALPHA;
  if (hasAlpha) return withoutAlpha(png);
  const channels = CHANNELS[colourType] as number;
  const parameters = `/DecodeParms<</Predictor 15/Colors ${channels}/BitsPerComponent ${bits}/Columns ${width}>>`;
  return {
    width,
    height,
    entries: `/ColorSpace${colourSpaceOf(png)}/BitsPerComponent ${bits}/Filter/FlateDecode${parameters}`,
    data,
    isEncoded: true,
    opacity: colourType === INDEXED && png.transparency !== null ? await paletteOpacity(png, png.transparency) : null,
  };
}

function colourSpaceOf({ colourType, palette }: Png): string {
  if (colourType !== INDEXED) return colourType === GREY ? '/DeviceGray' : '/DeviceRGB';
  const hex = Array.from(palette, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `[/Indexed/DeviceRGB ${palette.length / 3 - 1}<${hex}>]`;
}

function readChunks(bytes: Uint8Array<ArrayBuffer>): Png {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) throw exportError({ code: 'picture-kind' });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  const data: Uint8Array<ArrayBuffer>[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (body.length !== length) throw exportError({ code: 'picture-damaged' });
    if (name === 'IDAT') data.push(body);
    else chunks.set(name, body);
    at += 12 + length;
  }
  const header = chunks.get('IHDR');
  if (header?.length !== 13 || data.length === 0 || !chunks.has('IEND')) throw exportError({ code: 'picture-damaged' });
  const [bits, colourType, , , interlaced] = header.subarray(8) as unknown as [number, number, number, number, number];
  if (interlaced !== 0) throw exportError({ code: 'picture-interlaced' });
  const palette = chunks.get('PLTE') ?? new Uint8Array(0);
  if (CHANNELS[colourType] === undefined || (colourType === INDEXED && palette.length < 3))
    throw exportError({ code: 'picture-damaged' });
  const sizes = new DataView(header.buffer, header.byteOffset, 8);
  return {
    width: sizes.getUint32(0),
    height: sizes.getUint32(4),
    bits,
    colourType,
    palette,
    transparency: chunks.get('tRNS') ?? null,
    data: joined(data),
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Parts colour and alpha, 8 bits a channel: of 16, the upper half. */
async function withoutAlpha(png: Png): Promise<PreparedImage> {
  const { width, height, bits, colourType } = png;
  const colours = colourType === RGB_WITH_ALPHA ? 3 : 1;
  const step = bits / 8;
  const samples = await unpack(png);
  const data = new Uint8Array(width * height * colours);
  const opacity = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < opacity.length; pixel++) {
    for (let colour = 0; colour < colours; colour++, at += step) data[pixel * colours + colour] = samples[at] as number;
    opacity[pixel] = samples[at] as number;
    at += step;
  }
  const space = colours === 3 ? 'DeviceRGB' : 'DeviceGray';
  return {
    width,
    height,
    entries: `/ColorSpace/${space}/BitsPerComponent 8`,
    data,
    isEncoded: false,
    opacity,
  };
}

async function paletteOpacity(png: Png, transparency: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, bits } = png;
  const samples = await unpack(png);
  const rowBytes = Math.ceil((width * bits) / 8);
  const perByte = 8 / bits;
  const opacity = new Uint8Array(width * height);
  for (let pixel = 0; pixel < opacity.length; pixel++) {
    const column = pixel % width;
    const byte = samples[Math.floor(pixel / width) * rowBytes + Math.floor(column / perByte)] as number;
    const entry = (byte >>> (8 - bits * ((column % perByte) + 1))) & ((1 << bits) - 1);
    opacity[pixel] = transparency[entry] ?? 255;
  }
  return opacity;
}

/** The rows' bytes, inflated and with their filters undone (§9.2). */
async function unpack({ width, height, bits, colourType, data }: Png): Promise<Uint8Array<ArrayBuffer>> {
  const pixelBits = bits * (CHANNELS[colourType] as number);
  const rowBytes = Math.ceil((width * pixelBits) / 8);
  const back = Math.max(1, pixelBits / 8);
  const filtered = await inflate(data, height * (rowBytes + 1));
  const rows = new Uint8Array(height * rowBytes);
  for (let row = 0; row < height; row++) {
    const filter = filtered[row * (rowBytes + 1)];
    const at = row * rowBytes;
    for (let index = 0; index < rowBytes; index++) {
      const left = index >= back ? (rows[at + index - back] as number) : 0;
      const up = row > 0 ? (rows[at + index - rowBytes] as number) : 0;
      const upLeft = row > 0 && index >= back ? (rows[at + index - rowBytes - back] as number) : 0;
      rows[at + index] = (filtered[row * (rowBytes + 1) + 1 + index] as number) + predicted(filter, left, up, upLeft);
    }
  }
  return rows;
}

function predicted(filter: number | undefined, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      throw exportError({ code: 'picture-damaged' });
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [byLeft, byUp, byUpLeft] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - upLeft),
  ] as const;
  if (byLeft <= byUp && byLeft <= byUpLeft) return left;
  return byUp <= byUpLeft ? up : upLeft;
}
