import type { ZodType } from 'zod';
import type { FontProvider } from '../fonts/font-provider.ts';
import type { Language } from '../languages.ts';
import type { RecordFault } from './fault.ts';

type ColumnType = 'text' | 'integer' | 'amount' | 'instant';
/** What a record's cell may hold: `instant` columns give ms since epoch, `amount` the currency's minor unit. */
export type CellValue = string | number | null;

export interface Column {
  /** Stable name, used in options and manifests: `serial`, `holder`, `x-shirt`. */
  readonly id: string;
  /** What the header says unless renamed. */
  readonly title: string;
  readonly type: ColumnType;
  /** For `amount`: digits of the currency's minor unit, 0 to 4; 2 unless given. */
  readonly fractionDigits?: number;
  /** Statistics count the records by this column's values, or by the days of its instants; by default they do not. */
  readonly countBy?: 'value' | 'day';
}

/** One record's cells, in the order of the source's columns. */
export type ExportRow = readonly CellValue[];

/** At most 1,000 records; each has a key that names it in rejections and manifests, like `0c1f…/42`. */
export interface RecordPage {
  readonly keys: readonly string[];
  readonly rows: readonly ExportRow[];
}

/** A lazy source of records: nothing is read before the first page is pulled. */
export interface RecordSource {
  readonly columns: readonly Column[];
  readonly estimatedCount: number;
  pages(signal: AbortSignal): AsyncIterable<RecordPage>;
  /** The same records for formats that write UTF-8: several times faster, and next to no garbage. Not every source has it. */
  bytePages?(signal: AbortSignal): AsyncIterable<BytePage>;
}

/** At most 5,000 records whose cells write themselves; good until the next page is asked for. */
export interface BytePage {
  readonly count: number;
  /** As in {@link RecordPage.keys}. */
  keyAt(index: number): string;
  /** One for each column of the source. */
  readonly cells: readonly ByteCells[];
}

/** The cells of one column in a page. */
export type ByteCells =
  | { readonly kind: 'constant'; readonly value: CellValue }
  | { readonly kind: 'integer'; at(index: number): number }
  | TextCells;

export interface TextCells {
  readonly kind: 'text';
  /** Of the longest. */
  readonly maxBytes: number;
  /** They are codes: letters, digits and inner hyphens of ASCII, never nothing. */
  readonly isPlain: boolean;
  /** Writes one as UTF-8. @returns where it ends; -1 when it is null. */
  write(index: number, out: Uint8Array, at: number): number;
}

/** What the records of an export are: an event's tickets, or the scans at its gates. */
export type RecordKind = 'tickets' | 'check-ins';

/** Which part of an export in parts this file is; a whole export is part 1 of 1. */
interface Part {
  readonly number: number;
  readonly of: number;
}

/** What is known of the event beyond the columns. */
export interface EventFacts {
  readonly name: string;
  /** May be empty. */
  readonly place: string;
  /** Milliseconds since epoch. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** ISO 4217. */
  readonly currency: string;
  /** Of its tickets; exports that an earlier version was asked for have none. */
  readonly language?: Language;
  /** Colours of the interface's palette by the types' names. */
  readonly typeColours: Readonly<Record<string, string>>;
}

/** Files that printed formats are made with. */
export interface ExportAssets extends FontProvider {
  /** A picture that the options name. @throws when it cannot be had. */
  loadImage(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

export interface ExportContext {
  readonly signal: AbortSignal;
  readonly now: Date;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly locale: string;
  readonly part: Part;
  /** Who exports, as people are to read it; not given where nobody is known. */
  readonly author?: string;
  /** By default tickets. */
  readonly recordKind?: RecordKind;
  /** For formats that print; without it they print what the columns say. */
  readonly event?: EventFacts;
  /** Without it formats that print fail. */
  readonly assets?: ExportAssets;
  /** Sets a record aside; the export goes on, and its result says so, and why. */
  reject(key: string, fault: RecordFault): void;
  /** Called about every `progressEvery` records with the number encoded so far. */
  progress(records: number): void;
  /**
   * A format that compresses tells, before it ends, the SHA-256 (hex) of what it compressed, as its documentation defines
   * it: that is the same on every host, while engines deflate differently. Else the file is its content.
   */
  contentSha256?(hex: string): void;
}

/** One file format: one folder under `core/export/`, one line in the registry. */
export interface ExportFormat<Options> {
  readonly id: string;
  readonly mimeType: string;
  /** Without the dot. */
  readonly extension: string;
  /** With defaults for every option; the form is drawn from it. */
  readonly options: ZodType<Options>;
  /** Lazily encodes exactly one file; leaving the loop early closes the source. The consumer owns what it is given. */
  encode(records: RecordSource, options: Options, context: ExportContext): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** The phases of every export, in this order and under these names on both hosts. */
export type ExportPhase =
  | 'export-fetching'
  | 'export-processing'
  | 'export-file-generation'
  | 'export-finalizing'
  | 'export-completed'
  | 'export-failed'
  | 'export-cancelled';
