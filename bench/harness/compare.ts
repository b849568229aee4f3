import type { Sample } from './chromium.ts';

/** One side of a comparison. */
export interface Contender {
  readonly name: string;
  /** One repetition, checked. */
  measure(): Promise<Sample>;
}

export interface Side {
  readonly name: string;
  readonly samples: readonly Sample[];
}

interface Peer extends Side {
  /** How many times as fast ours is: the median over the pairs. */
  readonly ratio: number;
}

export interface CaseResult {
  readonly suite: string;
  readonly name: string;
  readonly rows: number;
  readonly ours: Side;
  readonly peers: readonly Peer[];
  readonly targets: readonly Target[];
}

/** What a figure should be. */
export interface Target {
  readonly what: string;
  readonly unit: string;
  readonly actual: number;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
}

/** How many times as fast as each peer ours should be; peers by what the suite calls them. */
export function timesPeers(
  wanted: Readonly<Record<string, { readonly name: string; readonly atLeast: number }>>,
  peers: readonly Peer[],
): readonly Target[] {
  return Object.values(wanted).map(({ name, atLeast }) => ({
    what: `times ${name}`,
    unit: ' ×',
    actual: peers.find((peer) => peer.name === name)?.ratio ?? 0,
    bound: { atLeast },
  }));
}

export function isMet({ actual, bound }: Target): boolean {
  return 'atLeast' in bound ? actual >= bound.atLeast : actual <= bound.atMost;
}

export interface Comparison {
  readonly suite: string;
  readonly name: string;
  readonly rows: number;
  readonly pairs: number;
  readonly ours: Contender;
  readonly peers: readonly Contender[];
  /** The targets, from what was measured. */
  targets?(ours: Side, peers: readonly Peer[]): readonly Target[];
}

/** Lets ours and each peer take turns, each beginning every other time. */
export async function compare(comparison: Comparison): Promise<CaseResult> {
  const { suite, name, rows, pairs, ours, peers, targets } = comparison;
  const samples = new Map<Contender, Sample[]>([ours, ...peers].map((contender) => [contender, []]));
  for (let pair = 0; pair < pairs; pair++) {
    const turn = pair % 2 === 0 ? [ours, ...peers] : [...peers.toReversed(), ours];
    for (const contender of turn) {
      const sample = await contender.measure();
      samples.get(contender)?.push(sample);
      const rate = Math.round(rows / sample.seconds).toLocaleString('en');
      console.log(`  ${suite} · ${name} · ${rows.toLocaleString('en')} · ${contender.name}: ${rate}/s`);
    }
  }
  const ourSide = { name: ours.name, samples: samples.get(ours) ?? [] };
  const peerSides = peers.map((peer) => {
    const theirs = samples.get(peer) ?? [];
    const ratios = theirs.map(({ seconds }, pair) => seconds / (ourSide.samples[pair]?.seconds ?? Number.NaN));
    return { name: peer.name, samples: theirs, ratio: median(ratios) };
  });
  return { suite, name, rows, ours: ourSide, peers: peerSides, targets: targets?.(ourSide, peerSides) ?? [] };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** The median of one figure over a side's repetitions. */
export function medianOf({ samples }: Side, figure: (sample: Sample) => number): number {
  return median(samples.map(figure));
}
