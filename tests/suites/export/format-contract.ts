import { expect, it } from 'vitest';
import { runExport } from '../../../core/export/engine.ts';
import type {
  CellValue,
  Column,
  ExportRow,
  RecordKind,
  RecordPage,
  RecordSource,
} from '../../../core/export/format.ts';
import { type ExportManifest, exportManifestSchema } from '../../../core/export/manifest.ts';
import type { PreparedFormat } from '../../../core/export/prepared-format.ts';
import type { ExportProgress } from '../../../core/export/progress.ts';
import type { ExportSink } from '../../../core/export/sink.ts';

/** How a format is put to the contract: with its options, and with a reader that we did not write. */
export interface FormatUnderTest {
  prepare(options?: Record<string, unknown>): Promise<PreparedFormat>;
  /** The cells of a file as an independent reader finds them, header left out; all as text, null as ''. */
  read(file: Uint8Array<ArrayBuffer>): Promise<string[][]> | string[][];
  /** What the reader finds for a cell that the format writes by its documented rules. */
  written(value: CellValue, column: Column): string;
  /** Whether the format has room for the row's cells; it sets others aside. By default it has. */
  fits?(row: ExportRow): boolean;
  /** SHA-256, hex, of the file that {@link sampleSource} gives with default options: the same on every host. */
  readonly sampleSha256: string;
}

export const CONTRACT_COLUMNS: readonly Column[] = [
  { id: 'serial', title: 'Serial', type: 'integer' },
  { id: 'holder', title: 'Holder', type: 'text' },
  { id: 'notes', title: 'Notes, "free"', type: 'text' },
  { id: 'price', title: 'Price', type: 'amount' },
  { id: 'mintedAt', title: 'Minted at', type: 'instant' },
];

export const HOSTILE_TEXTS: readonly string[] = [
  '=1+1',
  '+91 98400 12345',
  '-2',
  '@SUM(A1)',
  '\tTab first',
  '\rCR first',
  '\nLF first',
  '\0NUL first',
  '＝1＋1',
  '＠cmd',
  'quote " inside',
  '"quoted"',
  'comma, semicolon; tab\t.',
  'two\r\nlines',
  'bare\rCR',
  ' space around ',
  'நன்றி',
  'שלום, עולם',
  '\u202eright to left override',
  'emoji 👩‍👩‍👧 and 𝔘𝔫𝔦',
  'noncharacter \ufffe',
  ']]>',
  '</script>',
  `long ${'x'.repeat(40_000)}`,
  "'apostrophe",
  '',
];

/** Counts what is pulled, and notices when it is closed early. */
export class ProbeSource implements RecordSource {
  readonly columns = CONTRACT_COLUMNS;
  readonly estimatedCount: number;
  pulledPages = 0;
  isClosed = false;
  readonly #pages: Iterable<RecordPage>;

  constructor(pages: Iterable<RecordPage>, estimatedCount: number) {
    this.#pages = pages;
    this.estimatedCount = estimatedCount;
  }

  async *pages(): AsyncGenerator<RecordPage> {
    try {
      for (const page of this.#pages) {
        this.pulledPages++;
        yield page;
        // As a database would, so that messages and timers get through.
        if (this.pulledPages % 4 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    } finally {
      this.isClosed = true;
    }
  }
}

export function rowOf(serial: number, text = `Person ${serial}`): ExportRow {
  return [serial, text, serial % 3 === 0 ? null : `note ${serial % 7}`, 149_950, 1_795_000_000_000];
}

export function* pagesOf(rows: Iterable<ExportRow>, pageSize = 1_000): Generator<RecordPage> {
  let page: ExportRow[] = [];
  for (const row of rows) {
    page.push(row);
    if (page.length === pageSize) {
      yield pageWithKeys(page);
      page = [];
    }
  }
  if (page.length > 0) yield pageWithKeys(page);
}

function pageWithKeys(rows: readonly ExportRow[]): RecordPage {
  return { keys: rows.map((row) => `batch/${row[0]}`), rows };
}

export function* countedRows(count: number): Generator<ExportRow> {
  for (let serial = 1; serial <= count; serial++) yield rowOf(serial);
}

export function sampleSource(): ProbeSource {
  const rows = HOSTILE_TEXTS.map((text, index) => rowOf(index + 1, text));
  return new ProbeSource(pagesOf(rows), rows.length);
}

/** Keeps what is written, as a file would. */
export class MemorySink implements ExportSink {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  bytes = 0;
  state: 'open' | 'closed' | 'aborted' = 'open';
  readonly isKeeping: boolean;

  constructor(isKeeping = true) {
    this.isKeeping = isKeeping;
  }

  write(chunk: Uint8Array<ArrayBuffer>): void {
    this.bytes += chunk.length;
    if (this.isKeeping) this.#chunks.push(chunk.slice());
  }

  async close(): Promise<number> {
    this.state = 'closed';
    return this.bytes;
  }

  async abort(): Promise<void> {
    this.state = 'aborted';
  }

  async file(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await new Blob(this.#chunks).arrayBuffer());
  }
}

interface Run {
  readonly format: PreparedFormat;
  readonly source: RecordSource;
  readonly sink?: MemorySink;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
  readonly recordKind?: RecordKind;
}

export async function run({
  format,
  source,
  sink = new MemorySink(),
  signal,
  onProgress,
  recordKind = 'tickets',
}: Run): Promise<ExportManifest> {
  return runExport({
    format,
    source,
    sink,
    fileName: `sample.${format.extension}`,
    now: new Date('2026-11-22T10:00:00Z'),
    timeZone: 'Asia/Kolkata',
    locale: 'en-IN',
    recordKind,
    signal: signal ?? new AbortController().signal,
    onProgress: onProgress ?? (() => {}),
  });
}

async function sha256Of(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What every format promises, on every host: call it inside a `describe`. */
export function testFormatContract(format: FormatUnderTest): void {
  const expectedCells = (rows: Iterable<ExportRow>) =>
    [...rows].map((row) => row.map((value, index) => format.written(value, CONTRACT_COLUMNS[index] as Column)));

  it('pulls nothing before the first read, and closes its source when left early', async () => {
    const prepared = await format.prepare();
    const source = new ProbeSource(pagesOf(countedRows(20_000)), 20_000);
    const chunks = prepared.encode(source, {
      signal: new AbortController().signal,
      now: new Date(0),
      timeZone: 'UTC',
      locale: 'en',
      part: { number: 1, of: 1 },
      reject: () => {},
      progress: () => {},
    });
    expect(source.pulledPages).toBe(0);
    for await (const chunk of chunks) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(source.isClosed).toBe(true);
    expect(source.pulledPages).toBeLessThan(20);
  });

  it('stops at the page at hand when it is cancelled, and gives the file up', async () => {
    const controller = new AbortController();
    const pages = function* () {
      for (const [index, page] of [...pagesOf(countedRows(8_000))].entries()) {
        if (index === 3) setTimeout(() => controller.abort(new DOMException('Cancelled.', 'AbortError')));
        yield page;
      }
    };
    const source = new ProbeSource(pages(), 8_000);
    const sink = new MemorySink(false);
    const phases: string[] = [];
    const running = run({
      format: await format.prepare(),
      source,
      sink,
      signal: controller.signal,
      onProgress: ({ phase }) => phases.push(phase),
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(source.pulledPages).toBeLessThanOrEqual(5);
    expect(sink.state).toBe('aborted');
    expect(source.isClosed).toBe(true);
    expect(phases.at(-1)).toBe('export-cancelled');
  });

  it('writes an empty source as a file without records', async () => {
    const sink = new MemorySink();
    const manifest = await run({ format: await format.prepare(), source: new ProbeSource([], 0), sink });
    expect(await format.read(await sink.file())).toEqual([]);
    expect(manifest).toMatchObject({ records: 0, firstKey: null, lastKey: null, rejectedCount: 0, bytes: sink.bytes });
  });

  it('writes one record', async () => {
    const sink = new MemorySink();
    const manifest = await run({
      format: await format.prepare(),
      source: new ProbeSource(pagesOf([rowOf(7)]), 1),
      sink,
    });
    expect(await format.read(await sink.file())).toEqual(expectedCells([rowOf(7)]));
    expect(manifest).toMatchObject({ records: 1, firstKey: 'batch/7', lastKey: 'batch/7' });
  });

  it('gives hostile text back, changed by the documented rules only', async () => {
    const sink = new MemorySink();
    const manifest = await run({ format: await format.prepare(), source: sampleSource(), sink });
    const rows = HOSTILE_TEXTS.map((text, index) => rowOf(index + 1, text));
    const fitting = rows.filter((row) => format.fits?.(row) ?? true);
    expect(await format.read(await sink.file())).toEqual(expectedCells(fitting));
    expect(manifest.rejectedCount).toBe(rows.length - fitting.length);
  });

  it('sets rows aside that cannot be written, and writes the others', async () => {
    const throwing = new Proxy<CellValue[]>([2], {
      get(target, property, receiver) {
        if (property === '1') throw new RangeError('holder Meena Iyer is broken');
        return Reflect.get(target, property, receiver);
      },
    });
    const rows: ExportRow[] = [rowOf(1), throwing, [3, 'x', null, Number.NaN, 0], rowOf(4), [5, 'x', null, 1, 1e300]];
    const sink = new MemorySink();
    const manifest = await run({
      format: await format.prepare(),
      source: new ProbeSource(pagesOf(rows), rows.length),
      sink,
    });
    expect(await format.read(await sink.file())).toEqual(expectedCells([rowOf(1), rowOf(4)]));
    expect(manifest).toMatchObject({ records: 2, rejectedCount: 3, firstKey: 'batch/1', lastKey: 'batch/4' });
    expect(manifest.rejected.map(({ key }) => key)).toEqual(['batch/2', 'batch/3', 'batch/5']);
    expect(JSON.stringify(manifest.rejected)).not.toContain('Meena');
  });

  it('reports the phases in order, and counts up to the end', async () => {
    const reports: ExportProgress[] = [];
    await run({
      format: await format.prepare(),
      source: new ProbeSource(pagesOf(countedRows(25_000)), 25_000),
      onProgress: (progress) => reports.push(progress),
    });
    expect([...new Set(reports.map(({ phase }) => phase))]).toEqual([
      'export-fetching',
      'export-processing',
      'export-file-generation',
      'export-finalizing',
      'export-completed',
    ]);
    expect(reports.at(-1)).toMatchObject({ records: 25_000, expectedRecords: 25_000 });
    for (let index = 1; index < reports.length; index++)
      expect(reports[index]?.bytes).toBeGreaterThanOrEqual(reports[index - 1]?.bytes ?? 0);
  });

  it('encodes 100,000 records at flat memory, with a manifest that agrees with the bytes', async () => {
    const sink = new MemorySink();
    const pageSizes: number[] = [];
    const source = new ProbeSource(pagesOf(countedRows(100_000)), 100_000);
    let largestLead = 0;
    const manifest = await run({
      format: await format.prepare(),
      source,
      sink,
      onProgress: ({ records }) => {
        pageSizes.push(records);
        // What the encoder has read and not written yet.
        largestLead = Math.max(largestLead, 1_000 * source.pulledPages - records);
      },
    });
    const file = await sink.file();
    expect(largestLead).toBeLessThanOrEqual(3_000);
    expect(manifest).toMatchObject({ records: 100_000, firstKey: 'batch/1', lastKey: 'batch/100000' });
    expect(exportManifestSchema.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
    expect(manifest.bytes).toBe(file.length);
    expect(manifest.sha256).toBe(await sha256Of(file));
    expect(manifest.parts).toMatchObject([
      { fileName: manifest.fileName, bytes: file.length, sha256: manifest.sha256, records: 100_000 },
    ]);
  });

  it('gives the same bytes on every host, time after time', async () => {
    const first = await run({ format: await format.prepare(), source: sampleSource() });
    const second = await run({ format: await format.prepare(), source: sampleSource() });
    expect(second).toEqual(first);
    expect(first.contentSha256).toBe(format.sampleSha256);
  });

  it('writes the chosen columns in their order under their titles', async () => {
    const sink = new MemorySink();
    const columns = [{ id: 'holder', title: 'Name' }, { id: 'serial' }];
    const manifest = await run({
      format: await format.prepare({ columns }),
      source: new ProbeSource(pagesOf([rowOf(1)]), 1),
      sink,
    });
    expect(await format.read(await sink.file())).toEqual([['Person 1', '1']]);
    expect(manifest.columns).toEqual(['holder', 'serial']);
    expect(manifest.options).toMatchObject({ columns });
  });
}
