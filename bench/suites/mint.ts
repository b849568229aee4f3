import { measure } from '../harness/chromium.ts';
import { type Contender, compare, medianOf, type Target } from '../harness/compare.ts';
import { servePages } from '../harness/page-server.ts';
import { pairsFor, type SuiteContext } from './suite.ts';

const SIZES = [10_000, 100_000];
const MEMORY_ROWS = 1_000_000;

/** Minting and buffering: the product's pipeline beside bare signing, and beside one database row a ticket. */
export async function mintSuite({ pages, rows, report }: SuiteContext): Promise<void> {
  const server = await servePages(pages);
  const contender = (name: string, scenario: string, size: number, variant?: string): Contender => ({
    name,
    measure: () =>
      measure({
        origin: server.origin,
        scenario,
        options: { rows: size, ...(variant === undefined ? {} : { variant }) },
      }),
  });
  try {
    let smallest = Number.NaN;
    for (const size of rows === undefined ? SIZES : [rows]) {
      const result = await compare({
        suite: 'mint',
        name: 'mint and buffer',
        rows: size,
        pairs: pairsFor(size),
        ours: contender('ticketmint', 'mint-ours', size),
        peers: [
          contender('bare WebCrypto signing', 'mint-bare', size),
          contender('signing, a Dexie row a ticket, 50 a transaction', 'mint-rows', size, '50'),
          contender('signing, a Dexie row a ticket, 500 a transaction', 'mint-rows', size, '500'),
        ],
        targets: (ours, [bare, ...rowPeers]) => [
          { what: 'of bare signing', unit: ' ×', actual: bare?.ratio ?? 0, bound: { atLeast: 0.8 } },
          ...rowPeers.map(
            ({ name, ratio }): Target => ({
              what: `times ${name}`,
              unit: ' ×',
              actual: ratio,
              bound: { atLeast: 2.5 },
            }),
          ),
          {
            what: 'longest task of the page',
            unit: ' ms',
            actual: Math.max(...ours.samples.map(({ figures }) => figures?.longestTaskMs ?? 0)),
            bound: { atMost: 50 },
          },
        ],
      });
      report(result);
      if (Number.isNaN(smallest)) smallest = medianOf(result.ours, ({ usage }) => usage.rendererMb);
    }
    if (rows !== undefined) return;
    report(
      await compare({
        suite: 'mint',
        name: 'memory',
        rows: MEMORY_ROWS,
        pairs: 1,
        ours: contender('ticketmint', 'mint-ours', MEMORY_ROWS),
        peers: [],
        targets: (ours) => [
          {
            what: `renderer's peak over that at ${SIZES[0]} rows`,
            unit: ' MB',
            actual: medianOf(ours, ({ usage }) => usage.rendererMb) - smallest,
            bound: { atMost: 64 },
          },
        ],
      }),
    );
  } finally {
    await server.close();
  }
}
