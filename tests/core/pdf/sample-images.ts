import { crc32, deflateSync } from 'node:zlib';

/** 8 × 6 pixels, red above, blue below, by ImageMagick. */
export const JPEG = new Uint8Array(
  Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO' +
      'UlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P' +
      'T09PT09PT0//wAARCAAGAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAXEAEAAwAAAAAAAAAAAAAAAAAAAhRh' +
      '/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAZEQACAwEAAAAAAAAAAAAAAAAAAQQVUlP/2gAMAwEAAhEDEQA/AI27PQFhWROaE2Mr' +
      'bP/Z',
    'base64',
  ),
);

interface PngParts {
  readonly width: number;
  readonly bits: number;
  readonly colourType: number;
  /** Samples of the rows, packed, without filter bytes. */
  readonly rows: readonly (readonly number[])[];
  /** By row, the filter that its bytes are written with; 0 unless given. */
  readonly filters?: readonly number[];
  readonly palette?: readonly number[];
  readonly transparency?: readonly number[];
  readonly interlaced?: boolean;
}

/** A PNG picture (ISO/IEC 15948), written from the specification. */
export function pngOf({ width, bits, colourType, rows, ...parts }: PngParts): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([bits, colourType, 0, 0, parts.interlaced === true ? 1 : 0], 8);
  const back = Math.max(1, (bits * ({ 2: 3, 4: 2, 6: 4 }[colourType] ?? 1)) / 8);
  const filtered = rows.flatMap((row, y) => {
    const filter = parts.filters?.[y] ?? 0;
    const above = rows[y - 1];
    return [filter, ...row.map((byte, x) => (byte - predicted(filter, row, above, x, back)) & 0xff)];
  });
  const data = deflateSync(Uint8Array.from(filtered));
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      ...(parts.palette === undefined ? [] : [chunk('PLTE', parts.palette)]),
      ...(parts.transparency === undefined ? [] : [chunk('tRNS', parts.transparency)]),
      // In two pieces, as large pictures are.
      chunk('IDAT', data.subarray(0, 5)),
      chunk('IDAT', data.subarray(5)),
      chunk('IEND', []),
    ]),
  );
}

function predicted(
  filter: number,
  row: readonly number[],
  above: readonly number[] | undefined,
  x: number,
  back: number,
) {
  const [left, up, upLeft] = [row[x - back] ?? 0, above?.[x] ?? 0, above?.[x - back] ?? 0];
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - upLeft;
      return [left, up, upLeft].reduce((best, value) =>
        Math.abs(guess - value) < Math.abs(guess - best) ? value : best,
      );
    }
    default:
      return 0;
  }
}

function chunk(name: string, body: Uint8Array | readonly number[]): Buffer {
  const content = Buffer.concat([Buffer.from(name, 'latin1'), Uint8Array.from(body)]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, check]);
}
