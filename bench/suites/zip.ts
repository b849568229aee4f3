import { measure } from '../harness/chromium.ts';
import { type Contender, compare } from '../harness/compare.ts';
import { servePages } from '../harness/page-server.ts';
import { pairsFor, type SuiteContext } from './suite.ts';

const FILES = 10_000;

/** Many small files, stored: what has its own compression, like a PDF for each ticket, does not shrink again. */
export async function zipSuite({ pages, rows = FILES, report }: SuiteContext): Promise<void> {
  const { origin, close } = await servePages(pages);
  const contender = (variant: string, name: string): Contender => ({
    name,
    measure: () => measure({ origin, scenario: 'zip-archive', options: { rows, variant } }),
  });
  try {
    report(
      await compare({
        suite: 'zip',
        name: 'small files, stored',
        rows,
        pairs: pairsFor(rows),
        ours: contender('ours', 'ticketmint'),
        peers: [contender('client-zip', 'client-zip')],
        targets: (_, [peer]) => [
          { what: 'times client-zip', unit: ' ×', actual: peer?.ratio ?? 0, bound: { atLeast: 0.9 } },
        ],
      }),
    );
  } finally {
    await close();
  }
}
