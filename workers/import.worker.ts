import { expose } from 'comlink';
import {
  inspectListFile,
  type ListInspection,
  type ListOverrides,
  readListRecords,
} from '../core/attendees/list-file.ts';
import { type ListOptions, listOptionsSchema, ticketColumns } from '../core/attendees/list-options.ts';
import { type ListReport, listReader } from '../core/attendees/list-reader.ts';
import type { ListRow } from '../core/attendees/row-parser.ts';
import { TicketmintError } from '../core/errors.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { stagedPageWriter } from './import/staged-page-writer.ts';

export interface ImportProgress {
  /** How much of the file was read, 0 to 1. */
  readonly share: number;
  readonly usable: number;
}

export interface ImportApi {
  /**
   * Looks at the start of a list (all of it, for a workbook) and says how it would be read.
   * @throws {TicketmintError} `list-invalid` with the reason in words for people.
   */
  inspectList(file: File, overrides?: ListOverrides): Promise<ListInspection>;
  /**
   * Reads the whole list and says what it gives; stores nothing. Text is streamed, at flat memory.
   * @param onProgress called at most every 100 ms.
   * @throws {TicketmintError} `list-invalid`; `aborted` after {@link ImportApi.cancel}.
   */
  checkList(file: File, options: ListOptions, onProgress: (progress: ImportProgress) => void): Promise<ListReport>;
  /**
   * Reads the list again and writes its usable rows into the local database as the pages from which `targets`' batches are
   * minted: exactly the rows that {@link ImportApi.checkList} counted, in the order of the list. Safe to repeat.
   * @param targets the batch of each ticket type.
   * @param chunkSize of the batches.
   * @returns the report again; its counts are what was staged.
   * @throws {TicketmintError} `list-invalid`, `mint-storage-full`, `mint-storage-lost`, `aborted`.
   */
  stageList(
    file: File,
    options: ListOptions,
    targets: Readonly<Record<number, string>>,
    chunkSize: number,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<ListReport>;
  /** Ends the check or staging that is under way, if any. */
  cancel(): void;
}

const PROGRESS_INTERVAL_MS = 100;

let running: AbortController | undefined;
let lastFile: File | undefined;

/** Every message brings a copy of the file; the first one is kept, as its workbook is opened only once. */
function sameFile(file: File): File {
  const isSame = (['name', 'size', 'lastModified'] as const).every(
    (property) => lastFile?.[property] === file[property],
  );
  if (!isSame || lastFile === undefined) lastFile = file;
  return lastFile;
}

async function readList(
  file: File,
  givenOptions: ListOptions,
  onProgress: (progress: ImportProgress) => void,
  onRow?: (row: ListRow) => Promise<void>,
): Promise<ListReport> {
  const options = listOptionsSchema.parse(givenOptions);
  running?.abort(new TicketmintError('aborted', 'another list is being read'));
  running = new AbortController();
  const { signal } = running;
  const reader = listReader(options);
  let usable = 0;
  let share = 0;
  let toldAt = performance.now();
  const onShare = (read: number) => {
    share = read;
  };
  for await (const records of readListRecords(sameFile(file), options.source, { signal, onProgress: onShare })) {
    for (const record of records) {
      const row = reader.read(record);
      if (row === undefined) continue;
      usable++;
      if (onRow !== undefined) await onRow(row);
    }
    if (performance.now() - toldAt < PROGRESS_INTERVAL_MS) continue;
    onProgress({ share, usable });
    // Pieces of the file may come without a turn of the event loop, in which a cancel would be heard.
    await new Promise((resolve) => setTimeout(resolve));
    toldAt = performance.now();
  }
  return reader.report();
}

const api: ImportApi = {
  inspectList: (file, overrides) => inspectListFile(sameFile(file), overrides),
  checkList: (file, options, onProgress) => readList(file, options, onProgress),
  async stageList(file, options, targets, chunkSize, onProgress) {
    const pages = stagedPageWriter(ticketColumns(options.targets), targets, chunkSize);
    const report = await readList(file, options, onProgress, pages.add);
    await pages.end();
    return report;
  },
  cancel() {
    running?.abort(new TicketmintError('aborted', 'reading the list was cancelled'));
  },
};

installErrorTransfer();
expose(api);
