import { measure } from '../harness/chromium.ts';
import { type CaseResult, type Contender, compare, type Target } from '../harness/compare.ts';
import { servePages } from '../harness/page-server.ts';

const PAIRS = 3;

export interface EncodingComparison {
  readonly suite: string;
  /** Whose encoders, by the name that the bench's pages give it. */
  readonly format: string;
  readonly name: string;
  readonly rows: number;
  /** What the peers are called, by the names of their encoders. */
  readonly peers: Readonly<Record<string, string>>;
  /** How many times as fast as a peer ours is to be. */
  readonly targets: Readonly<Record<string, number>>;
}

/**
 * Lets an encoder of ours and its peers encode the same records from memory, in a worker.
 * @param pages the folder of the built bench page.
 */
export async function compareEncoders(pages: string, comparison: EncodingComparison): Promise<CaseResult> {
  const { suite, format, name, rows, peers, targets } = comparison;
  const { origin, close } = await servePages(pages);
  const contender = (encoder: string, called: string): Contender => ({
    name: called,
    measure: () => measure({ origin, scenario: 'encode', options: { rows, variant: `${format}/${encoder}` } }),
  });
  const wanted = new Map(Object.entries(targets).map(([encoder, atLeast]) => [peers[encoder], atLeast]));
  try {
    return await compare({
      suite,
      name,
      rows,
      pairs: PAIRS,
      ours: contender('ours', 'ticketmint'),
      peers: Object.entries(peers).map(([encoder, called]) => contender(encoder, called)),
      targets: (_, sides) =>
        sides.flatMap((side): Target | readonly Target[] => {
          const atLeast = wanted.get(side.name);
          return atLeast === undefined
            ? []
            : { what: `times ${side.name}`, unit: ' ×', actual: side.ratio, bound: { atLeast } };
        }),
    });
  } finally {
    await close();
  }
}
