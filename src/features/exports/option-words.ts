import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { RecordKind } from '../../../core/export/format.ts';
import type { FormatId } from '../../../core/export/registry.ts';

interface OptionMessages {
  readonly title: MessageDescriptor;
  readonly description?: MessageDescriptor;
  /** By the option's values. */
  readonly choices?: Readonly<Record<string, MessageDescriptor>>;
}
type Messages = Readonly<Record<string, OptionMessages>>;

/** By the option's name, where all formats that have it say the same. */
const COMMON: Messages = {
  compression: { title: msg`Compression`, choices: { none: msg`None`, gzip: msg`gzip (.gz)` } },
  includeMetadata: { title: msg`Metadata`, description: msg`When it was made, with which columns and options` },
  includeStatistics: { title: msg`Statistics`, description: msg`Totals by type, status, day and batch` },
  includeRawData: { title: msg`Records`, description: msg`The tickets themselves` },
};

const CSV: Messages = {
  delimiter: { title: msg`Delimiter`, choices: { ',': msg`Comma`, ';': msg`Semicolon`, '\t': msg`Tab` } },
  lineEnd: { title: msg`Line end`, choices: { '\r\n': msg`CR LF (the standard)`, '\n': msg`LF (Unix)` } },
  bom: { title: msg`Byte order mark`, description: msg`By which Excel knows the encoding` },
  safety: {
    title: msg`Meant for`,
    choices: { spreadsheet: msg`Spreadsheets (safe)`, raw: msg`Machines (raw)` },
  },
};

const XLSX: Messages = {
  includeRawData: { title: msg`Data`, description: msg`A row a ticket, with filters` },
  includeStatistics: { title: msg`Statistics`, description: msg`Totals by type, status, day and batch, with charts` },
  includeMetadata: { title: msg`Metadata`, description: msg`Options, counts and hashes, to check the file by` },
};

/** What the printed formats have in common. */
const PRINTED: Messages = {
  language: {
    title: msg`Language`,
    description: msg`Of what is printed beside the data`,
    choices: { auto: msg`As the event` },
  },
};

const TICKETS_PDF: Messages = {
  ...PRINTED,
  layout: {
    title: msg`Layout`,
    choices: {
      'a4-2x4': msg`A4, 8 a page (2 × 4)`,
      'a4-2x5': msg`A4, 10 a page (2 × 5)`,
      'a4-3x8': msg`A4, 24 labels (3 × 8)`,
      'a4-1': msg`A4, one a page`,
      'letter-2x4': msg`Letter, 8 a page (2 × 4)`,
      'letter-2x5': msg`Letter, 10 a page (2 × 5)`,
      'letter-3x8': msg`Letter, 24 labels (3 × 8)`,
      'letter-1': msg`Letter, one a page`,
      'roll-80': msg`Receipt roll, 80 mm`,
      badge: msg`Badges, A6, 4 on A4`,
      custom: msg`A grid of your own`,
    },
  },
  bleedMm: { title: msg`Bleed, mm`, description: msg`How far the background reaches over the cut` },
  cropMarks: { title: msg`Crop marks`, description: msg`For a print shop` },
  cutLines: { title: msg`Cutting lines`, description: msg`For scissors` },
  order: {
    title: msg`Order`,
    choices: { rows: msg`Row by row`, 'cut-and-stack': msg`Cut and stack: piles in order` },
  },
  stackSheets: { title: msg`Sheets a stack`, description: msg`Cut at once, with cut and stack` },
  stub: { title: msg`Tear-off stub`, description: msg`With number and code` },
  stubMm: { title: msg`Stub, mm`, description: msg`Its width; on upright tickets its height` },
  minModuleMm: { title: msg`Smallest QR module, mm`, description: msg`Below it nothing is printed` },
  reprint: { title: msg`Mark as re-print` },
  missingGlyphs: {
    title: msg`Characters that cannot be printed`,
    choices: { 'set-aside': msg`Set the ticket aside`, replace: msg`Print a replacement sign` },
  },
};

const REPORT_PDF: Messages = {
  ...PRINTED,
  paper: { title: msg`Paper`, choices: { a4: msg`A4`, letter: msg({ message: 'Letter', context: 'paper size' }) } },
  includeRawData: { title: msg`All tickets`, description: msg`A table of them, behind the summary` },
};

const OF_FORMAT: Readonly<Partial<Record<FormatId, Messages>>> = {
  csv: CSV,
  xlsx: XLSX,
  'tickets-pdf': TICKETS_PDF,
  'report-pdf': REPORT_PDF,
};

/** In the place of those that speak of tickets. */
const OF_SCANS: Readonly<Partial<Record<FormatId, Messages>>> = {
  json: { includeRawData: { title: msg`Records`, description: msg`The scans themselves` } },
  xml: { includeRawData: { title: msg`Records`, description: msg`The scans themselves` } },
  xlsx: { includeRawData: { title: msg`Data`, description: msg`A row a scan, with filters` } },
  'report-pdf': { includeRawData: { title: msg`All scans`, description: msg`A table of them, behind the summary` } },
};

/** What an option's schema says of it, in English. */
interface OptionTexts {
  readonly title: string;
  readonly description?: string | undefined;
  readonly choices?: Readonly<Record<string, string>> | undefined;
}

/** The same in the words of the interface; what it has no words for stays as the schema says it. */
export function optionWords(
  formatId: FormatId,
  name: string,
  texts: OptionTexts,
  of: RecordKind = 'tickets',
): OptionTexts {
  const ofScans = of === 'check-ins' ? OF_SCANS[formatId]?.[name] : undefined;
  const messages = ofScans ?? OF_FORMAT[formatId]?.[name] ?? COMMON[name];
  if (messages === undefined) return texts;
  const { title, description, choices = {} } = messages;
  return {
    title: i18n._(title),
    description: description === undefined ? texts.description : i18n._(description),
    choices: {
      ...texts.choices,
      ...Object.fromEntries(Object.entries(choices).map(([id, word]) => [id, i18n._(word)])),
    },
  };
}
