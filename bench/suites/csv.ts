import { measure } from '../harness/chromium.ts';
import { type Contender, compare, medianOf, type Target } from '../harness/compare.ts';
import { type PageServer, servePages } from '../harness/page-server.ts';
import type { SuiteContext } from './suite.ts';

const ROWS = 1_000_000;
const PAIRS = 3;

const PEERS: Readonly<Record<string, string>> = {
  papaparse: 'PapaParse in chunks',
  'papaparse-guarded': 'PapaParse in chunks, formulae escaped',
  'csv-stringify': 'csv-stringify in chunks',
  json2csv: 'json2csv in chunks',
};

/** CSV: encoding alone, from memory; then the whole export, from IndexedDB to a file on disk. */
export async function csvSuite({ pages, rows = ROWS, report }: SuiteContext): Promise<void> {
  const server = await servePages(pages);
  try {
    report(await compareEncoding(server, rows));
    report(await compareExport(server, rows));
  } finally {
    await server.close();
  }
}

function compareEncoding({ origin }: PageServer, rows: number) {
  const contender = (variant: string, name: string): Contender => ({
    name,
    measure: () => measure({ origin, scenario: 'csv-encode', options: { rows, variant } }),
  });
  return compare({
    suite: 'csv',
    name: 'encoding from memory, guards on',
    rows,
    pairs: PAIRS,
    ours: contender('ours', 'ticketmint'),
    peers: Object.entries(PEERS).map(([variant, name]) => contender(variant, name)),
    targets: (_, peers) =>
      peers
        .filter(({ name }) => name === PEERS.papaparse)
        .map(
          ({ name, ratio }): Target => ({ what: `times ${name}`, unit: ' ×', actual: ratio, bound: { atLeast: 1.8 } }),
        ),
  });
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
