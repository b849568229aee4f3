import { wrap } from 'comlink';
import * as pdfjs from 'pdfjs-dist';
import pdfjsWorker from 'pdfjs-dist/build/pdf.worker.mjs?url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import zxing from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { expect, type Scenario, type ScenarioOptions } from '../../harness/scenario.ts';
import { timeWriting } from '../worker-writer.ts';
import { type BenchTicket, TICKETS_A_PAGE } from './ticket.ts';
import type { TicketsPdfApi } from './tickets.worker.ts';

/** Pages whose every QR code is read; of all others, the text. */
const RENDERED_PAGES = 4;
/** Pixels a point: enough for modules of a QR code. */
const SCALE = 2;

/** Tickets from memory to a PDF in a worker, by the writer that `variant` names; the bytes are dropped. */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<TicketsPdfApi>(new Worker(new URL('./tickets.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare(variant ?? 'ours', rows);
  return {
    run: () => timeWriting(worker),
    async check() {
      await checkFile(await worker.file(), (await worker.tickets()) as readonly BenchTicket[]);
    },
  };
}

/** Reads the file with pdf.js: every name and code is there, in order; the QR codes of some pages decode to their tokens. */
async function checkFile(file: Uint8Array<ArrayBuffer>, tickets: readonly BenchTicket[]): Promise<void> {
  pdfjs.GlobalWorkerOptions.workerSrc = pdfjsWorker;
  prepareZXingModule({ overrides: { locateFile: () => zxing } });
  const task = pdfjs.getDocument({ data: file });
  const document = await task.promise;
  expect(document.numPages === Math.ceil(tickets.length / TICKETS_A_PAGE), `${document.numPages} pages were found`);
  const step = Math.max(1, Math.floor(document.numPages / RENDERED_PAGES));
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ('str' in item ? item.str : '')).join('');
    const wanted = tickets.slice((number - 1) * TICKETS_A_PAGE, number * TICKETS_A_PAGE);
    for (const { serial, holder, code } of wanted)
      expect(text.includes(holder) && text.includes(code), `ticket ${serial} is not on page ${number}`);
    if (number % step === 1 || step === 1) await checkQrCodes(page, wanted);
    page.cleanup();
  }
  await task.destroy();
}

async function checkQrCodes(page: pdfjs.PDFPageProxy, wanted: readonly BenchTicket[]): Promise<void> {
  const viewport = page.getViewport({ scale: SCALE });
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  await page.render({ canvas, viewport }).promise;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
  const found = await readBarcodes(pixels as ImageData, { formats: ['QRCode'], maxNumberOfSymbols: 255 });
  const tokens = new Set(found.map(({ text }) => text));
  for (const { serial, token } of wanted) expect(tokens.has(token), `the QR code of ticket ${serial} was not read`);
}
