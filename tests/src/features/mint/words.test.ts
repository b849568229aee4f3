import { expect, test } from 'vitest';
import { tookWords } from '../../../../src/features/mint/words.ts';

test('what a run took is told to tenths of a second, later to seconds and minutes', () => {
  expect(tookWords(4_230)).toMatch(/^4[.,]2 s$/);
  expect(tookWords(59_949)).toMatch(/^59[.,]9 s$/);
  expect(tookWords(59_960)).toBe('1 min');
  expect(tookWords(125_400)).toBe('2 min 5 s');
  expect(tookWords(3_599_600)).toBe('1 h');
  expect(tookWords(5_520_000)).toBe('1 h 32 min');
});
