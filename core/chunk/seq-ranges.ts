import { type BatchShape, chunkCountOf } from './chunk.ts';

/** Sorted, disjoint, non-adjacent inclusive pairs: `[[0,41],[43,43]]`. The API's way to say which chunks are there. */
export type SeqRanges = readonly (readonly [first: number, last: number])[];

/** Adds one seq; returns a new list. */
export function addSeq(ranges: SeqRanges, seq: number): SeqRanges {
  return mergeRanges([...ranges, [seq, seq]]);
}

/** The union of any pairs, in order. */
export function mergeRanges(pairs: SeqRanges): SeqRanges {
  const sorted = [...pairs].sort((left, right) => left[0] - right[0]);
  const merged: [number, number][] = [];
  for (const [first, last] of sorted) {
    const open = merged.at(-1);
    if (open !== undefined && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** The pairs of an ascending list of seqs, without duplicates. */
export function rangesOfSeqs(seqs: Iterable<number>): SeqRanges {
  const ranges: [number, number][] = [];
  for (const seq of seqs) {
    const open = ranges.at(-1);
    if (open !== undefined && seq === open[1] + 1) open[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}

/** What lies in 0…length−1 and not in `ranges`. */
export function missingRanges(ranges: SeqRanges, length: number): SeqRanges {
  const missing: [number, number][] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) missing.push([next, Math.min(first, length) - 1]);
    next = Math.max(next, last + 1);
  }
  if (next < length) missing.push([next, length - 1]);
  return missing;
}

/** How many seqs the ranges hold. */
export function countSeqs(ranges: SeqRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

export function hasSeq(ranges: SeqRanges, seq: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] as readonly [number, number];
    if (seq < first) high = middle - 1;
    else if (seq > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** Yields every seq of the ranges in order. */
export function* seqsOf(ranges: SeqRanges): Generator<number> {
  for (const [first, last] of ranges) for (let seq = first; seq <= last; seq++) yield seq;
}

/** How many tickets the chunks of the ranges hold; only a batch's last chunk may be shorter. */
export function ticketsInRanges(ranges: SeqRanges, shape: BatchShape): number {
  const missingInLast = chunkCountOf(shape) * shape.chunkSize - shape.count;
  const full = countSeqs(ranges) * shape.chunkSize;
  return hasSeq(ranges, chunkCountOf(shape) - 1) ? full - missingInLast : full;
}

/** Whether the ranges hold every chunk of the batch. */
export function isComplete(ranges: SeqRanges, shape: BatchShape): boolean {
  return countSeqs(ranges) === chunkCountOf(shape);
}
