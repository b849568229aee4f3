import { measure } from '../harness/chromium.ts';
import { type Contender, compare, medianOf } from '../harness/compare.ts';
import { type PageServer, servePages } from '../harness/page-server.ts';
import { compareEncoders } from './encoding.ts';
import type { SuiteContext } from './suite.ts';

const ROWS = 1_000_000;
const TOGETHER_ROWS = 100_000;
const PAIRS = 3;

const PEERS: Readonly<Record<string, string>> = {
  papaparse: 'PapaParse in chunks',
  'papaparse-guarded': 'PapaParse in chunks, formulae escaped',
  'csv-stringify': 'csv-stringify in chunks',
  json2csv: 'json2csv in chunks',
};

/**
 * CSV: encoding alone, from memory; then the whole export, from IndexedDB to a file on disk; then beside the exports of
 * other formats.
 */
export async function csvSuite({ pages, rows = ROWS, report }: SuiteContext): Promise<void> {
  const targets = { papaparse: 1.8 };
  const name = 'encoding from memory, guards on';
  report(await compareEncoders(pages, { suite: 'csv', format: 'csv', name, rows, peers: PEERS, targets }));
  const server = await servePages(pages);
  try {
    report(await compareExport(server, rows));
    report(await compareTogether(server, Math.min(rows, TOGETHER_ROWS)));
    report(await measureCancel(server, Math.min(rows, TOGETHER_ROWS)));
  } finally {
    await server.close();
  }
}

function compareExport({ origin }: PageServer, rows: number) {
  return compare({
    suite: 'csv',
    name: 'IndexedDB to file',
    rows,
    pairs: PAIRS,
    ours: {
      name: 'ticketmint',
      measure: () => measure({ origin, scenario: 'csv-file', fill: 'csv-fill', options: { rows } }),
    },
    peers: [],
    targets: (ours) => [
      {
        what: 'rows a second',
        unit: '/s',
        actual: rows / medianOf(ours, ({ seconds }) => seconds),
        bound: { atLeast: 200_000 },
      },
      {
        what: 'first byte',
        unit: ' ms',
        actual: medianOf(ours, ({ figures }) => figures?.firstByteMs ?? Number.NaN),
        bound: { atMost: 300 },
      },
      {
        what: "renderer's peak over its base",
        unit: ' MB',
        actual: medianOf(ours, ({ usage }) => usage.rendererMb),
        bound: { atMost: 64 },
      },
    ],
  });
}

/** CSV, JSON, NDJSON, XLSX and XML, each of all rows. */
function compareTogether({ origin }: PageServer, rows: number) {
  const contender = (variant: string, name: string): Contender => ({
    name,
    measure: () => measure({ origin, scenario: 'exports-together', fill: 'csv-fill', options: { rows, variant } }),
  });
  return compare({
    suite: 'csv',
    name: 'five exports at once, each of so many',
    rows,
    pairs: PAIRS,
    ours: contender('together', 'ticketmint'),
    peers: [contender('in-turn', 'the same five one after another')],
    targets: (ours, [inTurn]) => [
      { what: 'times the sum of their rates', unit: ' ×', actual: inTurn?.ratio ?? 0, bound: { atLeast: 0.8 } },
      {
        what: 'longest task of the page',
        unit: ' ms',
        actual: Math.max(...ours.samples.map(({ figures }) => figures?.longestTaskMs ?? 0)),
        bound: { atMost: 50 },
      },
    ],
  });
}

function measureCancel({ origin }: PageServer, rows: number) {
  return compare({
    suite: 'csv',
    name: 'five formats, each cancelled under way',
    rows,
    pairs: PAIRS,
    ours: {
      name: 'ticketmint',
      measure: () => measure({ origin, scenario: 'export-cancel', fill: 'csv-fill', options: { rows } }),
    },
    peers: [],
    targets: (ours) => [
      {
        what: 'until the slowest has ended',
        unit: ' ms',
        actual: medianOf(ours, ({ figures }) => figures?.cancelMs ?? Number.NaN),
        bound: { atMost: 200 },
      },
    ],
  });
}
