import { TextShaper } from '../../fonts/text-shaper.ts';
import { PdfDocument } from '../../pdf/document.ts';
import { prepareImage } from '../../pdf/prepare-image.ts';
import { exportError, RecordError, recordFaultOf } from '../fault-error.ts';
import type { ExportAssets, ExportContext, ExportFormat, RecordPage, RecordSource } from '../format.ts';
import { inLanguage, pdfWords } from '../pdf-words/pdf-words.ts';
import { Sha256 } from '../sha256.ts';
import { Imposition } from './imposition.ts';
import { type Background, type PreparedTicket, TicketPainter } from './ticket-painter.ts';
import { pageBoxOf, planTickets, qrModuleMm, type TicketPlan } from './ticket-plan.ts';
import type { TicketTexts } from './ticket-text.ts';
import { type TicketsPdfOptions, ticketsPdfOptionsSchema } from './tickets-pdf-options.ts';

/** Bytes that are gathered before they are handed on. */
const CHUNK_BYTES = 64 * 1024;

/**
 * Tickets for a print shop or an office printer, as PDF 1.7. Holds one page of records, a sheet (or a stack, where cut
 * sheets are to lie in order), the letters used, and 8 bytes an object. See `docs/formats.md`.
 * @throws {TicketmintError} `layout-invalid` when a ticket is too small for its fields, or its QR code for a reader;
 * `image-invalid` for a background that is no picture.
 */
export const ticketsPdfFormat: ExportFormat<TicketsPdfOptions> = {
  id: 'tickets-pdf',
  mimeType: 'application/pdf',
  extension: 'pdf',
  options: ticketsPdfOptionsSchema,
  encode: encodeTicketsPdf,
};

async function* encodeTicketsPdf(
  records: RecordSource,
  options: TicketsPdfOptions,
  given: ExportContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const context = inLanguage(given, options.language);
  const hash = new Sha256();
  const file = await openFile(records, options, context, hash);
  const { document, painter, imposition } = file;
  const pageBox = pageBoxOf(file.sheet);
  let encoded = 0;
  let reported = 0;
  for await (const page of records.pages(context.signal)) {
    for (const few of slicesOf(page))
      for (const ticket of await prepareTickets(few, file, options, context)) {
        encoded++;
        for (const tickets of imposition.add(ticket)) {
          painter.drawSheet(tickets);
          await document.endPage(pageBox);
          if (document.gathered >= CHUNK_BYTES) yield document.take();
        }
      }
    if (encoded - reported >= options.progressEvery) {
      reported = encoded;
      context.progress(encoded);
    }
  }
  const rest = imposition.end();
  // A document has at least one page.
  for (const tickets of encoded === 0 ? [[]] : rest) {
    painter.drawSheet(tickets);
    await document.endPage(pageBox);
    if (document.gathered >= CHUNK_BYTES) yield document.take();
  }
  context.progress(encoded);
  await document.end(documentFacts(context));
  context.contentSha256?.(hash.digest());
  yield document.take();
}

interface OpenFile extends TicketPlan {
  readonly document: PdfDocument;
  readonly shaper: TextShaper;
  readonly painter: TicketPainter;
  readonly imposition: Imposition<PreparedTicket>;
}

async function openFile(
  records: RecordSource,
  options: TicketsPdfOptions,
  context: ExportContext,
  hash: Sha256,
): Promise<OpenFile> {
  const { assets, locale, event } = context;
  if (assets === undefined) throw new TypeError('expected fonts in the context');
  const plan = planTickets(records, options, context);
  const moduleMm = qrModuleMm(plan.layout);
  if (moduleMm !== null && moduleMm < options.minModuleMm)
    throw exportError({ code: 'qr-modules-too-small', leastMm: options.minModuleMm, foundMm: moduleMm });
  const shaper = await TextShaper.create(assets, locale);
  const document = new PdfDocument((bytes) => hash.update(bytes));
  const painter = new TicketPainter({
    ...plan,
    canvas: document.content,
    shaper,
    hasCutLines: options.cutLines,
    background: options.background === null ? null : await addBackground(document, assets, options.background),
    typeColours: event?.typeColours ?? {},
  });
  const stackSheets = options.order === 'cut-and-stack' ? options.stackSheets : 1;
  return { ...plan, document, shaper, painter, imposition: new Imposition(plan.sheet.cells.length, stackSheets) };
}

async function addBackground(document: PdfDocument, assets: ExportAssets, name: string): Promise<Background> {
  const size = await prepareImage(await assets.loadImage(name));
  return { name: document.addImage(size, true).name, size };
}

/** Prepared at a time: few enough that what is made for them is garbage before the engine takes it for lasting. */
const SLICE_RECORDS = 16;

function* slicesOf({ keys, rows }: RecordPage): Generator<RecordPage> {
  for (let from = 0; from < rows.length; from += SLICE_RECORDS) {
    const to = from + SLICE_RECORDS;
    yield { keys: keys.slice(from, to), rows: rows.slice(from, to) };
  }
}

/** The tickets of some records, ready to be drawn; what cannot be drawn is set aside. */
async function prepareTickets(
  { keys, rows }: RecordPage,
  { content, shaper, painter }: OpenFile,
  { missingGlyphs }: TicketsPdfOptions,
  context: ExportContext,
): Promise<PreparedTicket[]> {
  const attempt = <Result>(index: number, work: () => Result): Result | null => {
    try {
      return work();
    } catch (error) {
      context.reject(keys[index] ?? '', recordFaultOf(error));
      return null;
    }
  };
  const texts = rows.map((row, index) => attempt(index, () => content.textsOf(row)));
  await shaper.prepare(texts.flatMap((ticket) => (ticket === null ? [] : [...ticket.texts.values()])));
  const tickets: PreparedTicket[] = [];
  for (const [index, ticket] of texts.entries()) {
    if (ticket === null) continue;
    const prepared = attempt(index, () => {
      if (missingGlyphs === 'set-aside') checkGlyphs(ticket, shaper);
      return painter.prepare(ticket);
    });
    if (prepared !== null) tickets.push(prepared);
  }
  return tickets;
}

function checkGlyphs({ texts }: TicketTexts, shaper: TextShaper): void {
  for (const [id, text] of texts) {
    const [missing] = shaper.missingCharacters(text);
    if (missing === undefined) continue;
    const codePoint = missing.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    throw new RecordError({ code: 'no-glyph', column: id, character: `U+${codePoint}` });
  }
}

function documentFacts({ event, locale, now, part }: ExportContext) {
  const words = pdfWords(locale);
  const name = event === undefined ? words.tickets : words.ticketsOf(event.name);
  const title = part.of === 1 ? name : words.part(name, part.number, part.of);
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(`tickets-pdf\n${title}\n${now.getTime()}`));
  return { title, createdAt: now, id: hash.digest().slice(0, 32).toUpperCase() };
}
