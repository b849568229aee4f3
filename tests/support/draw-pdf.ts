import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { BrowserContext } from '@playwright/test';

const BUILD = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/build/pdf.mjs'));
/** No such host is asked: all that is there is answered here. */
const ORIGIN = 'http://pdf.example';
/** Dots a point: 216 an inch. */
const SCALE = 3;

/** A page of a PDF, from 1, as pdf.js draws it in the browser: a PNG. */
export async function drawPdfPage(
  context: BrowserContext,
  file: Buffer,
  number: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const page = await context.newPage();
  await page.route(`${ORIGIN}/**`, (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    if (name === '') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><canvas></canvas>' });
    if (name === 'file.pdf') return route.fulfill({ contentType: 'application/pdf', body: file });
    return route.fulfill({ contentType: 'text/javascript', path: join(BUILD, name) });
  });
  await page.goto(`${ORIGIN}/`);
  const picture = await page.evaluate(
    async ([address, pageNumber, scale]) => {
      const pdfjs: typeof import('pdfjs-dist') = await import(`${address}/pdf.mjs`);
      pdfjs.GlobalWorkerOptions.workerSrc = `${address}/pdf.worker.mjs`;
      const pdf = await pdfjs.getDocument({ url: `${address}/file.pdf` }).promise;
      const drawn = await pdf.getPage(pageNumber);
      const viewport = drawn.getViewport({ scale });
      const canvas = document.querySelector('canvas') as HTMLCanvasElement;
      Object.assign(canvas, { width: viewport.width, height: viewport.height });
      await drawn.render({ canvas, viewport }).promise;
      return canvas.toDataURL('image/png').replace(/^data:[^,]*,/, '');
    },
    [ORIGIN, number, SCALE] as const,
  );
  await page.close();
  return new Uint8Array(Buffer.from(picture, 'base64'));
}
