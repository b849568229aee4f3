import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addSeq,
  countSeqs,
  hasSeq,
  mergeRanges,
  missingRanges,
  rangesOfSeqs,
  seqsOf,
} from '../../../core/chunk/seq-ranges.ts';

const LENGTH = 40;
const seqSets = fc.uniqueArray(fc.integer({ min: 0, max: LENGTH - 1 }), { maxLength: LENGTH });
const ascending = (seqs: readonly number[]) => [...seqs].sort((left, right) => left - right);

describe('seq ranges', () => {
  test('are inclusive pairs, joined where they touch', () => {
    expect(rangesOfSeqs([0, 1, 2, 5, 7, 8])).toEqual([
      [0, 2],
      [5, 5],
      [7, 8],
    ]);
    expect(
      mergeRanges([
        [4, 6],
        [0, 1],
        [2, 2],
        [5, 9],
      ]),
    ).toEqual([
      [0, 2],
      [4, 9],
    ]);
    expect(
      addSeq(
        [
          [0, 1],
          [3, 4],
        ],
        2,
      ),
    ).toEqual([[0, 4]]);
  });

  test('hold exactly the seqs that were added, in any order', () => {
    fc.assert(
      fc.property(seqSets, (seqs) => {
        let ranges = rangesOfSeqs([]);
        for (const seq of seqs) ranges = addSeq(ranges, seq);
        expect(ranges).toEqual(rangesOfSeqs(ascending(seqs)));
        expect([...seqsOf(ranges)]).toEqual(ascending(seqs));
        expect(countSeqs(ranges)).toBe(seqs.length);
        for (let seq = -1; seq <= LENGTH; seq++) expect(hasSeq(ranges, seq)).toBe(seqs.includes(seq));
      }),
    );
  });

  test('and what is missing make the whole, once', () => {
    fc.assert(
      fc.property(seqSets, fc.integer({ min: 0, max: LENGTH }), (seqs, length) => {
        const ranges = rangesOfSeqs(ascending(seqs));
        const missing = missingRanges(ranges, length);
        expect([...seqsOf(missing)]).toEqual(
          Array.from({ length }, (_, seq) => seq).filter((seq) => !seqs.includes(seq)),
        );
      }),
    );
  });

  test('do not change what they were made from', () => {
    const ranges = Object.freeze([Object.freeze([0, 1] as const)]);
    expect(addSeq(ranges, 2)).toEqual([[0, 2]]);
    expect(ranges).toEqual([[0, 1]]);
  });
});
