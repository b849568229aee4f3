import { expose } from 'comlink';
import { personDetails } from '../core/attendees/issued-index.ts';
import {
  inspectListFile,
  type ListInspection,
  type ListOverrides,
  readListRecords,
} from '../core/attendees/list-file.ts';
import type { CheckedList, ImportProgress, ListJob } from '../core/attendees/list-job.ts';
import { listOptionsSchema, ticketColumns } from '../core/attendees/list-options.ts';
import { listReader } from '../core/attendees/list-reader.ts';
import type { ListRow } from '../core/attendees/row-parser.ts';
import { TicketmintError } from '../core/errors.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { IssuedLookup } from './import/issued-lookup.ts';
import { stagedPageWriter } from './import/staged-page-writer.ts';

export interface ImportApi {
  /**
   * Looks at the start of a list (all of it, for a workbook) and says how it would be read.
   * @throws {TicketmintError} `list-invalid` with the reason, see `core/attendees/list-fault.ts`.
   */
  inspectList(file: File, overrides?: ListOverrides): Promise<ListInspection>;
  /**
   * Reads the whole list and says what it gives; stores nothing. Text is streamed, at flat memory. Who already has a
   * ticket is looked up once for the same {@link ListJob.issued}.
   * @param onProgress called at most every 100 ms.
   * @throws {TicketmintError} `list-invalid`; `aborted` after {@link ImportApi.cancel}.
   */
  checkList(job: ListJob, onProgress: (progress: ImportProgress) => void): Promise<CheckedList>;
  /**
   * Reads the list again and writes its usable rows into the local database as the pages from which `targets`' batches are
   * minted: exactly the rows that {@link ImportApi.checkList} counted, in the order of the list. Safe to repeat.
   * @param targets the batch of each ticket type.
   * @param chunkSize of the batches.
   * @returns the check again; its counts are what was staged.
   * @throws {TicketmintError} `list-invalid`, `mint-storage-full`, `mint-storage-lost`, `aborted`.
   */
  stageList(
    job: ListJob,
    targets: Readonly<Record<number, string>>,
    chunkSize: number,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<CheckedList>;
  /** Ends the check or staging that is under way, if any. */
  cancel(): void;
}

const PROGRESS_INTERVAL_MS = 100;

let running: AbortController | undefined;
let lastFile: File | undefined;
const lookup = new IssuedLookup();

/** Every message brings a copy of the file; the first one is kept, as its workbook is opened only once. */
function sameFile(file: File): File {
  const isSame = (['name', 'size', 'lastModified'] as const).every(
    (property) => lastFile?.[property] === file[property],
  );
  if (!isSame || lastFile === undefined) lastFile = file;
  return lastFile;
}

async function readList(
  { file, options: givenOptions, issued }: ListJob,
  onProgress: (progress: ImportProgress) => void,
  onRow?: (row: ListRow) => Promise<void>,
): Promise<CheckedList> {
  const options = listOptionsSchema.parse(givenOptions);
  running?.abort(new TicketmintError('aborted', 'another list is being read'));
  running = new AbortController();
  const { signal } = running;
  const tell = sometimes(onProgress);
  const known =
    issued === null
      ? undefined
      : await lookup.find(issued, personDetails(options), (share) => tell({ phase: 'issued', share }));
  signal.throwIfAborted();
  const reader = listReader(options, known?.index);
  let share = 0;
  const onShare = (read: number) => {
    share = read;
  };
  for await (const records of readListRecords(sameFile(file), options.source, { signal, onProgress: onShare })) {
    for (const record of records) {
      const row = reader.read(record);
      if (row !== undefined && onRow !== undefined) await onRow(row);
    }
    // Pieces of the file may come without a turn of the event loop, in which a cancel would be heard.
    if (tell({ phase: 'list', share })) await new Promise((resolve) => setTimeout(resolve));
  }
  return {
    report: reader.report(),
    issued: known === undefined ? null : { tickets: known.tickets, isComplete: known.isComplete },
  };
}

/** Passes news on at most every 100 ms. @returns whether it did. */
function sometimes(onProgress: (progress: ImportProgress) => void): (progress: ImportProgress) => boolean {
  let toldAt = performance.now();
  return (progress) => {
    if (performance.now() - toldAt < PROGRESS_INTERVAL_MS) return false;
    onProgress(progress);
    toldAt = performance.now();
    return true;
  };
}

const api: ImportApi = {
  inspectList: (file, overrides) => inspectListFile(sameFile(file), overrides),
  checkList: (job, onProgress) => readList(job, onProgress),
  async stageList(job, targets, chunkSize, onProgress) {
    const pages = stagedPageWriter(ticketColumns(job.options.targets), targets, chunkSize);
    const staged = await readList(job, onProgress, pages.add);
    await pages.end();
    return staged;
  },
  cancel() {
    running?.abort(new TicketmintError('aborted', 'reading the list was cancelled'));
    lookup.cancel();
  },
};

installErrorTransfer();
expose(api);
