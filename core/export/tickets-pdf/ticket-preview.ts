import { TextShaper } from '../../fonts/text-shaper.ts';
import { prepareImage } from '../../pdf/prepare-image.ts';
import { SvgPage } from '../../pdf/svg-page.ts';
import type { ExportAssets, RecordSource } from '../format.ts';
import type { PreviewContext, TicketsPreview } from '../page-preview.ts';
import { inLanguage } from '../pdf-words/pdf-words.ts';
import { PreFlight } from './pre-flight.ts';
import { type Background, TicketPainter } from './ticket-painter.ts';
import { pageBoxOf, planTickets, qrModuleMm } from './ticket-plan.ts';
import type { TicketsPdfOptions } from './tickets-pdf-options.ts';

/**
 * Draws one page by the plan and the painter of the PDF itself, with the ticket that has the longest name in front, and
 * tells what the pre-flight found. Reads at most 100,000 records, and holds the tickets of a page.
 * @throws {TicketmintError} `layout-invalid`, `image-invalid` as the export does; not for a QR code that is too small.
 */
export async function previewTickets(
  records: RecordSource,
  options: TicketsPdfOptions,
  given: PreviewContext,
): Promise<TicketsPreview> {
  const context = inLanguage(given, options.language);
  const { assets, locale, event, signal } = context;
  if (assets === undefined) throw new TypeError('expected fonts in the context');
  const plan = planTickets(records, options, context);
  const { sheet, layout } = plan;
  const shaper = await TextShaper.create(assets, locale);
  const preFlight = new PreFlight(plan, shaper, records.columns);
  for await (const page of records.pages(signal)) {
    signal.throwIfAborted();
    await preFlight.examine(page);
    if (preFlight.isEnough) break;
  }
  const picture = options.background === null ? null : await loadBackground(assets, options.background);
  const canvas = new SvgPage(picture === null ? undefined : new Map([[picture.background.name, picture.url]]));
  const painter = new TicketPainter({
    ...plan,
    canvas,
    shaper,
    hasCutLines: options.cutLines,
    background: picture?.background ?? null,
    typeColours: event?.typeColours ?? {},
  });
  painter.drawSheet(preFlight.shownTickets().map((ticket) => painter.prepare(ticket)));
  return {
    kind: 'tickets',
    ...preFlight.report(),
    svg: canvas.toString(pageBoxOf(sheet)),
    page: sheet.page,
    ticket: sheet.ticket,
    ticketsPerPage: sheet.cells.length,
    moduleMm: qrModuleMm(layout),
    minModuleMm: options.minModuleMm,
  };
}

async function loadBackground(
  assets: ExportAssets,
  name: string,
): Promise<{ readonly background: Background; readonly url: string }> {
  const bytes = await assets.loadImage(name);
  const size = await prepareImage(bytes);
  const type = bytes[0] === 0xff ? 'image/jpeg' : 'image/png';
  return { background: { name: 'background', size }, url: `data:${type};base64,${base64Of(bytes)}` };
}

/** So many bytes are passed as arguments at once. */
const PIECE = 32_768;

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}
