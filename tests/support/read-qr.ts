import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

let ready: Promise<unknown> | undefined;

/** What ZXing, which knows nothing of our encoder, reads in a picture: a PNG's bytes, or pixels. */
export async function readQr(picture: Uint8Array<ArrayBuffer> | ImageData): Promise<string | undefined> {
  ready ??= prepare();
  await ready;
  const source = picture instanceof Uint8Array ? new Blob([picture]) : picture;
  const [found] = await readBarcodes(source, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
  return found?.text;
}

/** From the installed package, so that nothing is fetched. */
async function prepare(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = new Uint8Array(await readFile(file)).buffer;
  await prepareZXingModule({ fireImmediately: true, overrides: { wasmBinary } });
}
