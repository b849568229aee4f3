import fc from 'fast-check';
import { _tests, encodeQR } from 'qr';
import { describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { QR_SIZE } from '../../../core/qr/codewords.ts';
import { encodeQr } from '../../../core/qr/encode.ts';
import { isDark, QR_QUIET_ZONE, QR_ROW_BYTES, type QrMatrix } from '../../../core/qr/matrix.ts';
import { qrToSvgPath, qrViewBox } from '../../../core/qr/svg.ts';

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const textOf = (alphabet: string, length: { minLength: number; maxLength: number }) =>
  fc.array(fc.constantFrom(...alphabet), length).map((chars) => chars.join(''));
const anyText = textOf(ALPHANUMERIC, { minLength: 1, maxLength: 122 });
const tokenText = textOf(BASE32, { minLength: 122, maxLength: 122 });

function draw(matrix: QrMatrix): string {
  const rows = Array.from({ length: QR_SIZE }, (_, row) =>
    Array.from({ length: QR_SIZE }, (_, column) => (isDark(matrix, row, column) ? '#' : '.')).join(''),
  );
  return rows.join('\n');
}

function drawReference(text: string, mask?: number): string {
  const modules = encodeQR(text, 'raw', {
    ecc: 'medium',
    version: 5,
    encoding: 'alphanumeric',
    border: 1,
    ...(mask === undefined ? {} : { mask }),
  });
  const inner = modules.slice(1, -1).map((row) => row.slice(1, -1));
  return inner.map((row) => row.map((dark) => (dark ? '#' : '.')).join('')).join('\n');
}

describe('encodeQr', () => {
  it('draws the same modules as an independent encoder under each mask', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 7 }), (text, mask) => {
        expect(draw(encodeQr(text, { mask }))).toBe(drawReference(text, mask));
      }),
      { numRuns: 200 },
    );
  });

  it('chooses the same mask as an independent encoder', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, tokenText), (text) => {
        expect(draw(encodeQr(text))).toBe(drawReference(text));
      }),
      { numRuns: 500 },
    );
  });

  it('chooses the first mask with the lowest penalty of the four rules', () => {
    fc.assert(
      fc.property(tokenText, (text) => {
        const data = _tests.encodeData(5, 'medium', text, 'alphanumeric', undefined);
        const penalties = Array.from({ length: 8 }, (_, mask) =>
          _tests.penalty(_tests.drawSymbol(5, 'medium', data, mask, true), _tests.mat(QR_SIZE)),
        );
        expect(encodeQr(text).mask).toBe(penalties.indexOf(Math.min(...penalties)));
      }),
      { numRuns: 300 },
    );
  });

  it('is read back by ZXing', async () => {
    await prepareZXingModule({ fireImmediately: true, overrides: { wasmBinary: await zxingBinary() } });
    const samples = [...fc.sample(tokenText, 20), ...fc.sample(anyText, 10), 'A', ' ', 'A'.repeat(122)];
    for (const text of samples) {
      const [result] = await readBarcodes(toImage(encodeQr(text)), { formats: ['QRCode'], tryHarder: false });
      expect(result?.text).toBe(text);
      expect(result?.ecLevel).toBe('M');
    }
  });

  it('packs rows into bytes, the leftmost module highest, with padding of zeros', () => {
    const { rows, size } = encodeQr('TICKETMINT');
    expect(size).toBe(37);
    expect(rows).toHaveLength(37 * QR_ROW_BYTES);
    // The top edge of both upper finder patterns, and the separator beneath them.
    expect((rows[0] ?? 0) >>> 1).toBe(0b1111111);
    expect((rows[35] ?? 0) >>> 1).toBe(0);
    for (let row = 0; row < 37; row++) expect((rows[row * QR_ROW_BYTES + 4] ?? 0) & 0b111).toBe(0);
  });

  it('refuses text that does not fit', () => {
    expect(() => encodeQr('')).toThrow(TypeError);
    expect(() => encodeQr('A'.repeat(123))).toThrow(TypeError);
    expect(() => encodeQr('a')).toThrow(TypeError);
    expect(() => encodeQr('É')).toThrow(TypeError);
    expect(() => encodeQr('A', { mask: 8 })).toThrow(TypeError);
  });
});

describe('qrToSvgPath', () => {
  it('covers exactly the dark modules, inside the quiet zone', () => {
    const matrix = encodeQr('TICKETMINT');
    const drawn = new Set<string>();
    for (const [, x, y, width] of qrToSvgPath(matrix).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
      for (let step = 0; step < Number(width); step++) drawn.add(`${Number(x) + step},${y}`);
    for (let row = 0; row < QR_SIZE; row++)
      for (let column = 0; column < QR_SIZE; column++)
        expect(drawn.has(`${column + QR_QUIET_ZONE},${row + QR_QUIET_ZONE}`)).toBe(isDark(matrix, row, column));
    expect(qrViewBox(matrix)).toBe('0 0 45 45');
  });
});

/** ZXing's module as bytes, so that nothing is fetched. */
async function zxingBinary(): Promise<ArrayBuffer> {
  const { readFile } = await import('node:fs/promises');
  const { createRequire } = await import('node:module');
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  return new Uint8Array(await readFile(file)).buffer;
}

/** The symbol with its quiet zone, four pixels a module. */
function toImage(matrix: QrMatrix): ImageData {
  const scale = 4;
  const side = (QR_SIZE + 2 * QR_QUIET_ZONE) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const row = Math.floor(y / scale) - QR_QUIET_ZONE;
      const column = Math.floor(x / scale) - QR_QUIET_ZONE;
      const isInside = row >= 0 && row < QR_SIZE && column >= 0 && column < QR_SIZE;
      if (isInside && isDark(matrix, row, column)) data.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
    }
  return { data, width: side, height: side, colorSpace: 'srgb' } as ImageData;
}
