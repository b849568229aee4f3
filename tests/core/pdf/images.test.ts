import { describe, expect, it } from 'vitest';
import { PdfDocument } from '../../../core/pdf/document.ts';
import { prepareImage } from '../../../core/pdf/prepare-image.ts';
import { checkPdf, hasPdfTools, PDF_TOOLS, pdfImages, pdfPixels } from '../../suites/export/pdf-tools.ts';
import { JPEG, pngOf } from './sample-images.ts';

const FACTS = { title: 'Picture', createdAt: new Date(0), id: '0'.repeat(32) };
const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const BLUE = [0, 0, 255] as const;
const GREY = [128, 128, 128] as const;

/** A page that the picture fills, 10 points a pixel. */
async function pageWith(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const document = new PdfDocument();
  const image = await prepareImage(bytes);
  const box = { width: 10 * image.width, height: 10 * image.height };
  const { name, ...rest } = document.addImage(image);
  document.content.image(name, { x: 0, y: 0, ...box });
  await document.endPage(box, { images: [{ name, ...rest }] });
  await document.end(FACTS);
  return document.take();
}

/** The colours of a picture's pixels, as poppler draws them, row by row. */
function coloursOf(file: Uint8Array, width: number, height: number): [number, number, number][][] {
  const at = pdfPixels(file, 72);
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => at(10 * x + 5, 10 * y + 5)));
}

const RGB_ROWS = [
  [...RED, ...GREEN, ...BLUE],
  [...GREY, ...RED, ...GREEN],
  [...BLUE, ...GREY, ...RED],
  [...GREEN, ...BLUE, ...GREY],
  [...RED, ...RED, ...BLUE],
];
const RGB = RGB_ROWS.map((row) => [row.slice(0, 3), row.slice(3, 6), row.slice(6, 9)]);

describe.skipIf(!hasPdfTools)(`pictures in a PDF, drawn by other programs (${PDF_TOOLS})`, () => {
  it.each([
    [
      'RGB, 8 bits, every filter',
      pngOf({ width: 3, bits: 8, colourType: 2, rows: RGB_ROWS, filters: [0, 1, 2, 3, 4] }),
      RGB,
    ],
    [
      'RGB, 16 bits',
      pngOf({ width: 3, bits: 16, colourType: 2, rows: RGB_ROWS.map((row) => row.flatMap((byte) => [byte, byte])) }),
      RGB,
    ],
    [
      'grey, 1 bit',
      pngOf({ width: 9, bits: 1, colourType: 0, rows: [[0b1010_1010, 0b1000_0000]] }),
      [[255, 0, 255, 0, 255, 0, 255, 0, 255].map((grey) => [grey, grey, grey])],
    ],
    [
      'grey with alpha, every filter',
      pngOf({
        width: 2,
        bits: 8,
        colourType: 4,
        rows: [1, 2, 3, 4, 5].map(() => [0, 255, 0, 0]),
        filters: [4, 3, 2, 1, 0],
      }),
      [1, 2, 3, 4, 5].map(() => [
        [0, 0, 0],
        [255, 255, 255],
      ]),
    ],
    [
      'RGB with alpha, 16 bits',
      pngOf({
        width: 2,
        bits: 16,
        colourType: 6,
        rows: [[255, 255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 255, 255, 128, 0]],
      }),
      [
        [
          [255, 0, 0],
          [127, 127, 255],
        ],
      ],
    ],
    [
      'indexed, 4 bits, a transparent entry',
      pngOf({
        width: 3,
        bits: 4,
        colourType: 3,
        rows: [
          [0x01, 0x20],
          [0x21, 0x00],
        ],
        palette: [...RED, ...GREEN, ...BLUE],
        transparency: [255, 0],
      }),
      [
        [RED, [255, 255, 255], BLUE],
        [BLUE, [255, 255, 255], RED],
      ],
    ],
  ])('draws PNG: %s', async (_name, png, colours) => {
    const file = await pageWith(png);
    checkPdf(file);
    expect(coloursOf(file, colours[0]?.length ?? 0, colours.length)).toEqual(colours);
  });

  it('takes JPEG data as they are', async () => {
    const file = await pageWith(JPEG);
    checkPdf(file);
    expect(pdfImages(file).map((fields) => [fields[3], fields[4], fields[8]])).toEqual([['8', '6', 'jpeg']]);
    expect(Buffer.from(file).includes(Buffer.from(JPEG))).toBe(true);
    const [red = 0, , blue = 0] = coloursOf(file, 8, 6)[0]?.[0] ?? [];
    expect(red).toBeGreaterThan(blue + 100);
  });
});

describe('prepareImage', () => {
  const png = pngOf({ width: 3, bits: 8, colourType: 6, rows: [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]] });
  const changed = (change: (bytes: Uint8Array<ArrayBuffer>) => void) => {
    const copy = png.slice();
    change(copy);
    return copy;
  };
  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('<svg onload="alert(1)"/>')],
    ['a GIF picture', new TextEncoder().encode('GIF89a\u0001\u0000\u0001\u0000')],
    ['a JPEG picture without a frame', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)],
    ['a PNG picture that is cut', png.slice(0, -20)],
    ['an interlaced PNG picture', pngOf({ width: 1, bits: 8, colourType: 0, rows: [[0]], interlaced: true })],
    ['a PNG picture of more pixels than it may have', changed((bytes) => bytes.set([0x00, 0x0f, 0x00, 0x00], 16))],
    ['a PNG picture whose size is not that of its data', changed((bytes) => bytes.set([9], 19))],
    ['a PNG picture with damaged data', changed((bytes) => bytes.set([0xff], bytes.length - 24))],
  ])('refuses %s', async (_name, bytes) => {
    await expect(prepareImage(bytes)).rejects.toMatchObject({ code: 'image-invalid' });
  });
});
