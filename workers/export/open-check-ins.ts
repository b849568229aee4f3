import type { RecordedScan } from '../../core/api/gate.ts';
import type { CommonOptions } from '../../core/export/common-options.ts';
import type { RecordSource } from '../../core/export/format.ts';
import type { CheckInsRequest } from '../../core/export/job.ts';
import { checkInSource } from '../../core/export/sources/check-ins.ts';
import { scanPages } from './scan-pages.ts';

type Pages = AsyncIterable<readonly RecordedScan[]>;

/**
 * The scans of an event as a source of records.
 * @param watch may stand between the pages and their reader.
 */
export function openCheckIns(
  eventId: string,
  request: CheckInsRequest,
  watch: (pages: Pages) => Pages = (pages) => pages,
): (selection: Pick<CommonOptions, 'filters'>) => RecordSource {
  const checkIns = {
    estimatedCount: request.count,
    pages: (signal: AbortSignal) => watch(scanPages(eventId, request, signal)),
    gateNames: new Map(Object.entries(request.gateNames)),
    deviceNames: new Map(Object.entries(request.deviceNames)),
    types: new Map(Object.entries(request.types)),
  };
  return ({ filters }) => checkInSource(checkIns, filters);
}

/** How many scans were read, one page after another. */
export class ScanCount {
  #before = 0;
  #last: readonly RecordedScan[] = [];

  /** The pages, counted. */
  async *watch(pages: Pages): AsyncGenerator<readonly RecordedScan[]> {
    for await (const page of pages) {
      this.#before += this.#last.length;
      this.#last = page;
      yield page;
    }
  }

  /** @param key of a scan of the last page; without it all of that page counts. */
  upTo(key: string | undefined): number {
    const at = key === undefined ? -1 : this.#last.findIndex(({ nonce }) => nonce === key);
    return this.#before + (at < 0 ? this.#last.length : at + 1);
  }
}
