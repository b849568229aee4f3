import type { ExportContext, RecordSource } from '../format.ts';
import { type Sheet, sheetOf } from './sheet.ts';
import { layoutTicket, POINTS_PER_MM, QR_BOX_MODULES, type TicketLayout } from './ticket-layout.ts';
import { type TicketContent, ticketContent } from './ticket-text.ts';
import type { TicketsPdfOptions } from './tickets-pdf-options.ts';

/** What stands on the tickets of a file, where, and how they lie on its pages. */
export interface TicketPlan {
  readonly content: TicketContent;
  readonly sheet: Sheet;
  readonly layout: TicketLayout;
}

/**
 * Plans the tickets; the export and its preview draw by the same plan.
 * @throws {TicketmintError} `layout-invalid` when the ticket is too small for so many fields.
 */
export function planTickets(
  records: RecordSource,
  options: TicketsPdfOptions,
  context: Pick<ExportContext, 'event' | 'locale' | 'timeZone'>,
): TicketPlan {
  const content = ticketContent(records, options, context);
  const sheet = sheetOf(options);
  const layout = layoutTicket({
    ...sheet.ticket,
    fields: content.fields,
    references: content.references,
    hasQr: content.hasQr,
    stub: options.stub ? options.stubMm : 0,
    isReprint: options.reprint,
    isBadge: options.layout === 'badge',
  });
  return { content, sheet, layout };
}

/** Side of one module of the QR code as it will be printed, in millimetres; null without a QR code. */
export function qrModuleMm({ qr }: TicketLayout): number | null {
  return qr === null ? null : qr.width / QR_BOX_MODULES;
}

/** The page in points. */
export function pageBoxOf({ page }: Sheet): { readonly width: number; readonly height: number } {
  return { width: page.width * POINTS_PER_MM, height: page.height * POINTS_PER_MM };
}
