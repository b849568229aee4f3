import type { ExportRequest } from '../../core/export/job.ts';
import type { ExportProgress } from '../../core/export/progress.ts';
import { EXPORT_FORMATS } from '../../core/export/registry.ts';
import { keepRequest } from '../../src/database/export-records.ts';
import { requestAssets } from './assets.ts';
import { openCheckIns } from './open-check-ins.ts';
import { openTickets } from './open-tickets.ts';
import type { ExportJob } from './stage.ts';
import { knownSeqs } from './ticket-batches.ts';

/** Loads the formats and opens the tickets or scans of a request. @throws {ZodError} when options are not the format's. */
export async function openJob(
  asked: ExportRequest,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<ExportJob> {
  const request = await withFixedChunks(asked);
  const { eventId, checkIns } = request;
  const sourceOf = checkIns === undefined ? await openTickets(request, signal) : openCheckIns(eventId, checkIns);
  const files = await Promise.all(
    request.files.map(async ({ formatId, options, fileName, recordsPerFile }) => {
      const format = await EXPORT_FORMATS[formatId].prepare(options);
      return { format, source: sourceOf(format.options), fileName, recordsPerFile };
    }),
  );
  const { timeZone, locale, event, images = {}, createdAt } = request;
  const assets = requestAssets(images);
  const facts = event === undefined ? {} : { event };
  const kind = checkIns === undefined ? {} : ({ recordKind: 'check-ins' } as const);
  const settings = { now: new Date(createdAt), timeZone, locale, ...facts, ...kind, assets, signal, onProgress };
  return { request, files, settings };
}

/** Which chunks there are is found once: tickets that are minted meanwhile would change what an export is that starts over. */
async function withFixedChunks(request: ExportRequest): Promise<ExportRequest> {
  if (request.batches.every(({ seqs }) => seqs !== undefined)) return request;
  const batches = await Promise.all(
    request.batches.map(async (batch) => {
      return { ...batch, seqs: batch.seqs ?? (await knownSeqs(batch)) };
    }),
  );
  const fixed = { ...request, batches };
  await keepRequest(fixed);
  return fixed;
}
