import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Shape Detection API: Chromium on Android and macOS. */
interface BarcodeDetector {
  detect(picture: ImageBitmap): Promise<{ readonly rawValue: string }[]>;
}
interface BarcodeDetectorClass {
  new (options: { readonly formats: readonly string[] }): BarcodeDetector;
  getSupportedFormats(): Promise<string[]>;
}

type Reader = (picture: ImageBitmap) => Promise<string | undefined>;

let reader: Promise<Reader> | undefined;

/**
 * The text of a QR code in a picture; `undefined` where there is none. With the browser's own detector where it has one,
 * else with ZXing, which is loaded at the first picture (1 MB).
 * @param picture is closed.
 */
export async function readCode(picture: ImageBitmap): Promise<string | undefined> {
  try {
    reader ??= chooseReader();
    return await (await reader)(picture);
  } catch (error) {
    // Tried again with the next picture.
    reader = undefined;
    throw error;
  } finally {
    picture.close();
  }
}

async function chooseReader(): Promise<Reader> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: BarcodeDetectorClass };
  const formats = (await BarcodeDetector?.getSupportedFormats()) ?? [];
  if (BarcodeDetector === undefined || !formats.includes('qr_code')) return zxingReader();
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (picture) => (await detector.detect(picture))[0]?.rawValue;
}

async function zxingReader(): Promise<Reader> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  // From this server: by itself it would ask a public network of copies.
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  let canvas = new OffscreenCanvas(1, 1);
  return async (picture) => {
    const { width, height } = picture;
    if (canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new TypeError('expected a canvas of two dimensions');
    context.drawImage(picture, 0, 0);
    const [found] = await readBarcodes(context.getImageData(0, 0, width, height), {
      formats: ['QRCode'],
      maxNumberOfSymbols: 1,
      tryInvert: true,
    });
    return found?.isValid === true ? found.text : undefined;
  };
}
