import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkCountOf } from '../../../core/chunk/chunk.ts';
import { hasSeq, rangesOfSeqs, seqsOf } from '../../../core/chunk/seq-ranges.ts';
import { mergeBatch, mergeRun, takesChunks } from '../../../core/workspace/merge.ts';
import { BATCH } from '../../suites/workspace/sample-workspace.ts';

const SHAPE = { ...BATCH, count: 1_000 };
const batches = fc
  .record({
    state: fc.constantFrom('minting' as const, 'minted' as const, 'cancelled' as const, 'lost' as const),
    declared: fc.boolean(),
    acknowledged: fc
      .uniqueArray(fc.nat(chunkCountOf(SHAPE) - 1))
      .map((seqs) => rangesOfSeqs(seqs.sort((a, b) => a - b))),
    sealed: fc.constantFrom(null, 'complete' as const, 'cancelled' as const, 'lost' as const),
    freed: fc.boolean(),
  })
  .map((part) => ({ ...SHAPE, ...part }));

describe('a batch that is here and in the file', () => {
  test('keeps all that the device knew, and gains what only the file knew', () => {
    fc.assert(
      fc.property(batches, batches, (mine, theirs) => {
        const merged = mergeBatch(mine, theirs);
        expect(merged).toMatchObject({ state: mine.state, freed: mine.freed });
        if (mine.sealed !== null) expect(merged.sealed).toBe(mine.sealed);
        if (mine.declared || theirs.declared) expect(merged.declared).toBe(true);
        for (let seq = 0; seq < chunkCountOf(SHAPE); seq++)
          expect(hasSeq(merged.acknowledged, seq)).toBe(
            hasSeq(mine.acknowledged, seq) || hasSeq(theirs.acknowledged, seq),
          );
        expect([...seqsOf(merged.acknowledged)]).toEqual([...new Set(seqsOf(merged.acknowledged))]);
      }),
    );
  });

  test('is the same after the same file again, and unchanged by itself', () => {
    fc.assert(
      fc.property(batches, batches, (mine, theirs) => {
        const merged = mergeBatch(mine, theirs);
        expect(mergeBatch(merged, theirs)).toEqual(merged);
        expect(mergeBatch(mine, mine)).toEqual(mine);
      }),
    );
  });

  test('is refused when it is another batch under the same id', () => {
    for (const other of [{ count: 1 }, { chunkSize: 51 }, { eventId: 'event0000002' }, { publicKey: 'C'.repeat(43) }])
      expect(() => mergeBatch(BATCH, { ...BATCH, ...other })).toThrow(/another/);
  });

  test('takes back no chunks that were freed or given up', () => {
    expect(takesChunks(undefined)).toBe(true);
    expect(takesChunks(BATCH)).toBe(true);
    expect(takesChunks({ ...BATCH, state: 'minting' })).toBe(true);
    expect(takesChunks({ ...BATCH, freed: true })).toBe(false);
    expect(takesChunks({ ...BATCH, state: 'cancelled' })).toBe(false);
    expect(takesChunks({ ...BATCH, state: 'lost' })).toBe(false);
  });
});

describe('a run that is here and in the file', () => {
  const running = { state: 'running', finishedAt: null } as const;
  const done = { state: 'done', finishedAt: 5 } as const;

  test('ends when the file knows that it has ended, and never begins again', () => {
    expect(mergeRun(running, done)).toEqual(done);
    expect(mergeRun(done, running)).toEqual(done);
    expect(mergeRun(done, { state: 'cancelled', finishedAt: 9 })).toEqual(done);
    expect(mergeRun({ state: 'paused', finishedAt: null }, running)).toEqual({ state: 'paused', finishedAt: null });
  });
});
