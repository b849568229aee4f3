import { measure } from '../harness/chromium.ts';
import { type Contender, compare, medianOf, type Side, type Target, timesPeers } from '../harness/compare.ts';
import { servePages } from '../harness/page-server.ts';
import { pairsFor, type SuiteContext } from './suite.ts';

const ROWS = 100_000;
const MEMORY_ROWS = 1_000_000;
const MOST_MB = 128;
const PEERS = {
  exceljs: { name: 'ExcelJS', atLeast: 4 },
  sheetjs: { name: 'SheetJS, compressed', atLeast: 3 },
  'write-excel-file': { name: 'write-excel-file', atLeast: 2.5 },
} as const;

/** XLSX from memory: ours with three sheets and charts, the peers with one sheet; then ours at ten times as many rows. */
export async function xlsxSuite({ pages, rows, report }: SuiteContext): Promise<void> {
  const { origin, close } = await servePages(pages);
  const contender = (variant: string, name: string, count: number): Contender => ({
    name,
    measure: () => measure({ origin, scenario: 'xlsx-workbook', options: { rows: count, variant } }),
  });
  const size = rows ?? ROWS;
  try {
    report(
      await compare({
        suite: 'xlsx',
        name: 'workbook',
        rows: size,
        pairs: pairsFor(size),
        ours: contender('ours', 'ticketmint', size),
        peers: Object.entries(PEERS).map(([variant, { name }]) => contender(variant, name, size)),
        targets: (ours, peers) => [...timesPeers(PEERS, peers), memoryTarget(ours)],
      }),
    );
    if (rows !== undefined) return;
    report(
      await compare({
        suite: 'xlsx',
        name: 'memory',
        rows: MEMORY_ROWS,
        pairs: 1,
        ours: contender('ours', 'ticketmint', MEMORY_ROWS),
        peers: [],
        targets: (ours) => [memoryTarget(ours)],
      }),
    );
  } finally {
    await close();
  }
}

function memoryTarget(ours: Side): Target {
  return {
    what: "renderer's peak over its base",
    unit: ' MB',
    actual: medianOf(ours, ({ usage }) => usage.rendererMb),
    bound: { atMost: MOST_MB },
  };
}
