import { measure } from '../harness/chromium.ts';
import { type Contender, compare, type Side, type Target } from '../harness/compare.ts';
import { servePages } from '../harness/page-server.ts';
import { measureGateServer } from './gate-server.ts';
import { pairsFor, type SuiteContext } from './suite.ts';

const ROWS = 1_000_000;
/** The target's: a phone of the middle class beside a desktop. */
const SLOWER = 4;

/** Verdicts at a gate that knows a million tickets, with either engine, and the server's part beside other requests. */
export async function gateSuite({ pages, rows = ROWS, report }: SuiteContext): Promise<void> {
  const server = await servePages(pages);
  const verdicts = (variant: 'webcrypto' | 'software', slower: number): Contender => ({
    name: 'ticketmint',
    measure: () => measure({ origin: server.origin, scenario: 'gate-verdicts', options: { rows, variant }, slower }),
  });
  const shared = { suite: 'gate', rows, pairs: pairsFor(rows), peers: [] };
  try {
    report(
      await compare({
        ...shared,
        name: 'verdicts, as fast as they come',
        ours: verdicts('webcrypto', 1),
        targets: (ours) => [
          target(ours, 'verdictsPerSecond', 'verdicts and records a second', '/s', { atLeast: 1_000 }),
          target(ours, 'lastOverFirst', 'the last 500 of 6,000, times the first 500', ' ×', { atMost: 1.5 }),
          target(ours, 'syncBytes', 'all that a gate is told, 10,000 revoked serials included', ' bytes', {
            atMost: 256_000,
          }),
        ],
      }),
    );
    for (const engine of ['webcrypto', 'software'] as const)
      report(
        await compare({
          ...shared,
          name: `verdicts, CPU ÷ ${SLOWER}, ${engine === 'webcrypto' ? 'WebCrypto' : 'noble'}`,
          ours: verdicts(engine, SLOWER),
          targets: (ours) => [target(ours, 'p95Ms', 'p95 from the text to the verdict', ' ms', { atMost: 100 })],
        }),
      );
  } finally {
    await server.close();
  }
  report(
    await compare({
      ...shared,
      name: 'server: syncs, uploads and claims',
      ours: { name: 'ticketmint', measure: () => measureGateServer(rows) },
      targets: (ours) => [
        target(ours, 'longestTurnMs', 'longest turn of the event loop, processor time', ' ms', { atMost: 50 }),
        target(ours, 'usedSetBytes', 'the used set', ' bytes', { atMost: 128_000 }),
      ],
    }),
  );
}

/** The worst of a side's repetitions. */
function target(side: Side, figure: string, what: string, unit: string, bound: Target['bound']): Target {
  const values = side.samples.map(({ figures }) => figures?.[figure] ?? Number.NaN);
  return { what, unit, actual: 'atMost' in bound ? Math.max(...values) : Math.min(...values), bound };
}
