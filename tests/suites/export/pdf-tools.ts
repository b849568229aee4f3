import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Whether poppler-utils and qpdf are here; `npm test` installs them where it may. */
export const hasPdfTools = ['pdftotext', 'pdftoppm', 'pdfimages', 'pdffonts', 'qpdf'].every((tool) => {
  try {
    execFileSync(tool, [tool === 'qpdf' ? '--version' : '-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});
/** For the names of tests that are skipped. */
export const PDF_TOOLS = 'poppler-utils, qpdf';

const OUTPUT_BYTES = 256 * 1024 * 1024;

function onDisk<Result>(file: Uint8Array, use: (path: string, folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'ticketmint-pdf-'));
  try {
    const path = join(folder, 'file.pdf');
    writeFileSync(path, file);
    return use(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outputOf(tool: string, args: readonly string[]): string {
  return bytesOf(tool, args).toString('utf8');
}

function bytesOf(tool: string, args: readonly string[]): Buffer {
  return execFileSync(tool, args, { maxBuffer: OUTPUT_BYTES, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The text of each page as poppler finds it. */
export function pdfTexts(file: Uint8Array): string[] {
  const text = onDisk(file, (path) => outputOf('pdftotext', ['-enc', 'UTF-8', path, '-']));
  return text.split('\f').slice(0, -1);
}

/** @throws when qpdf finds anything wrong. */
export function checkPdf(file: Uint8Array): void {
  onDisk(file, (path) => outputOf('qpdf', ['--check', path]));
}

/** All objects in qpdf's plain form, content streams inflated. */
export function pdfObjects(file: Uint8Array): string {
  return onDisk(file, (path) => bytesOf('qpdf', ['--qdf', '--object-streams=disable', path, '-'])).toString('latin1');
}

/** One line a drawn image: page, number, type, width, height …, and at index 10 its object. */
export function pdfImages(file: Uint8Array): string[][] {
  return table(onDisk(file, (path) => outputOf('pdfimages', ['-list', path])));
}

/** One line a font. */
export function pdfFonts(file: Uint8Array): string[] {
  const lines = onDisk(file, (path) => outputOf('pdffonts', [path])).split('\n');
  return lines.slice(2).filter((line) => line !== '');
}

function table(text: string): string[][] {
  const lines = text.split('\n').slice(2);
  return lines.filter((line) => line !== '').map((line) => line.trim().split(/\s+/));
}

/** Pages as PNG pictures, drawn by poppler. */
export function renderPdf(file: Uint8Array, dotsPerInch: number): Uint8Array<ArrayBuffer>[] {
  return onDisk(file, (path, folder) => {
    outputOf('pdftoppm', ['-png', '-r', String(dotsPerInch), path, join(folder, 'page')]);
    const pages = readdirSync(folder).filter((name) => name.endsWith('.png'));
    return pages.sort().map((name) => new Uint8Array(readFileSync(join(folder, name))));
  });
}

/** The first page as pixels, drawn by poppler: red, green and blue of the one in column x and row y. */
export function pdfPixels(file: Uint8Array, dotsPerInch: number): (x: number, y: number) => [number, number, number] {
  const ppm = onDisk(file, (path) => bytesOf('pdftoppm', ['-r', String(dotsPerInch), '-f', '1', '-l', '1', path]));
  const [, width] = /^P6\s(\d+)\s(\d+)\s255\s/.exec(ppm.subarray(0, 40).toString('latin1')) ?? [];
  const [header = ''] = /^P6\s\d+\s\d+\s255\s/.exec(ppm.subarray(0, 40).toString('latin1')) ?? [];
  return (x, y) => {
    const at = header.length + 3 * (y * Number(width) + x);
    return [ppm[at] ?? -1, ppm[at + 1] ?? -1, ppm[at + 2] ?? -1];
  };
}

let zxing: Promise<unknown> | undefined;

/** Every QR code of a picture, in no order, as ZXing reads them. */
export async function readQrCodes(png: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = new Uint8Array(readFileSync(wasm)).buffer;
  zxing ??= prepareZXingModule({ fireImmediately: true, overrides: { wasmBinary } });
  await zxing;
  const found = await readBarcodes(new Blob([png]), { formats: ['QRCode'], maxNumberOfSymbols: 255 });
  return found.map(({ text }) => text);
}
