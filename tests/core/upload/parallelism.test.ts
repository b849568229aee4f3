import { describe, expect, it } from 'vitest';
import { createParallelism } from '../../../core/upload/parallelism.ts';

describe('parallelism', () => {
  it('starts at two and rises by one after as many successes, up to four', () => {
    const parallelism = createParallelism();
    const limits = Array.from({ length: 12 }, () => {
      parallelism.succeeded();
      return parallelism.limit;
    });
    expect(limits).toEqual([2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4]);
  });

  it('halves when pushed back, but never stops', () => {
    const parallelism = createParallelism();
    for (let index = 0; index < 20; index++) parallelism.succeeded();
    const limits = Array.from({ length: 4 }, () => {
      parallelism.pushedBack();
      return parallelism.limit;
    });
    expect(limits).toEqual([2, 1, 1, 1]);
  });

  it('recovers after a push back', () => {
    const parallelism = createParallelism();
    parallelism.pushedBack();
    for (let index = 0; index < 6; index++) parallelism.succeeded();
    expect(parallelism.limit).toBe(4);
  });
});
