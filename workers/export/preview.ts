import { TicketmintError } from '../../core/errors.ts';
import type { RecordSource } from '../../core/export/format.ts';
import { type ExportPreview, type PreviewRequest, previewExport } from '../../core/export/preview.ts';
import { EXPORT_FORMATS } from '../../core/export/registry.ts';
import { selectColumns } from '../../core/export/select-columns.ts';
import { ChunkCount } from '../../core/export/sources/chunk-count.ts';
import { requestAssets } from './assets.ts';
import { openCheckIns, ScanCount } from './open-check-ins.ts';
import { openTickets, type Selection } from './open-tickets.ts';

/** Above this many tickets, putting all of them in order is more than a preview may cost. */
const MAX_ORDERED = 100_000;

/** The first records as the format will write them, and what the whole will take. */
export async function drawPreview(request: PreviewRequest, signal: AbortSignal): Promise<ExportPreview> {
  const { formatId, options, images = {}, event, timeZone, locale } = request;
  const format = await EXPORT_FORMATS[formatId].prepare(options);
  const plain = await EXPORT_FORMATS[formatId].prepare(withoutCompression(options));
  const { sourceOf, looked } = await openCounted(request, signal);
  const source = sourceOf({ ...format.options, sort: null });
  const isOrdered = format.options.sort === null || source.estimatedCount <= MAX_ORDERED;
  const context = {
    signal,
    now: new Date(),
    timeZone,
    locale,
    ...(event === undefined ? {} : { event }),
    ...(request.checkIns === undefined ? {} : { recordKind: 'check-ins' as const }),
    assets: requestAssets(images),
  };
  const ordered = isOrdered ? sourceOf(format.options) : source;
  const page = await EXPORT_FORMATS[formatId].drawPage?.(
    selectColumns(ordered, format.options.columns),
    options,
    context,
  );
  const input = {
    format,
    plain,
    ordered,
    isOrdered,
    source,
    looked,
    context,
    clock: () => performance.now(),
  };
  if (page === undefined) return previewExport(input);
  const content = { kind: 'page', page } as const;
  try {
    return { ...(await previewExport(input)), content };
  } catch (error) {
    // What is drawn shows why: like a QR code that is too small.
    if (!(error instanceof TicketmintError && error.code === 'layout-invalid' && page.kind === 'tickets')) throw error;
    const { estimatedCount: records } = source;
    const nothing = { isOrdered, records, isExact: false, trial: null, rejected: [], tried: 0 };
    return { ...nothing, content, shown: Math.min(records, page.ticketsPerPage) };
  }
}

interface Counted {
  sourceOf(selection: Selection): RecordSource;
  /** As {@link PreviewInput.looked}. */
  looked(lastKey?: string): number;
}

/** The request's tickets or scans; what is read of them is counted. */
async function openCounted(request: PreviewRequest, signal: AbortSignal): Promise<Counted> {
  if (request.checkIns !== undefined) {
    const count = new ScanCount();
    const sourceOf = openCheckIns(request.eventId, request.checkIns, (pages) => count.watch(pages));
    return { sourceOf, looked: (lastKey) => count.upTo(lastKey) };
  }
  const count = new ChunkCount();
  const sourceOf = await openTickets(request, signal, (chunks) => count.watch(chunks));
  return { sourceOf, looked: (lastKey) => count.upTo(lastKey) };
}

function withoutCompression(options: PreviewRequest['options']): PreviewRequest['options'] {
  const { compression: _, ...others } = options;
  return others;
}
