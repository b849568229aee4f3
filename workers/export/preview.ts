import { type ExportPreview, type PreviewRequest, previewExport } from '../../core/export/preview.ts';
import { EXPORT_FORMATS } from '../../core/export/registry.ts';
import { ChunkCount } from '../../core/export/sources/chunk-count.ts';
import { requestAssets } from './assets.ts';
import { openTickets } from './open-tickets.ts';

/** Above this many tickets, putting all of them in order is more than a preview may cost. */
const MAX_ORDERED = 100_000;

/** The first records as the format will write them, and what the whole will take. */
export async function drawPreview(request: PreviewRequest, signal: AbortSignal): Promise<ExportPreview> {
  const { formatId, options, images = {}, event, timeZone, locale } = request;
  const format = await EXPORT_FORMATS[formatId].prepare(options);
  const plain = await EXPORT_FORMATS[formatId].prepare(withoutCompression(options));
  const count = new ChunkCount();
  const sourceOf = await openTickets(request, signal, (chunks) => count.watch(chunks));
  const source = sourceOf({ ...format.options, sort: null });
  const isOrdered = format.options.sort === null || source.estimatedCount <= MAX_ORDERED;
  return previewExport({
    format,
    plain,
    ordered: isOrdered ? sourceOf(format.options) : source,
    isOrdered,
    source,
    looked: (lastKey) => count.upTo(lastKey),
    context: {
      signal,
      now: new Date(),
      timeZone,
      locale,
      ...(event === undefined ? {} : { event }),
      assets: requestAssets(images),
    },
    clock: () => performance.now(),
  });
}

function withoutCompression(options: PreviewRequest['options']): PreviewRequest['options'] {
  const { compression: _, ...others } = options;
  return others;
}
