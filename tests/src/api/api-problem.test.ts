import { expect, test } from 'vitest';
import { PROBLEM_CODES } from '../../../core/api/problem-codes.ts';
import { ApiProblem } from '../../../src/api/api-problem.ts';
import { wordsOf } from '../../../src/api/problem-words.ts';

test('every problem has words and something to do', () => {
  for (const code of PROBLEM_CODES) {
    const words = wordsOf(new ApiProblem(code, 'as the server says', { status: 400 }));
    expect(words.happened).not.toBe('');
    expect(words.todo).not.toBe('');
    expect(words.code).toContain(code);
  }
});

test('a wrong field is named beneath', () => {
  const problem = new ApiProblem('not-valid', 'not valid', { status: 422, field: 'endsAt', reason: 'expected later' });
  expect(wordsOf(problem).code).toBe('not-valid · 422 · endsAt: expected later');
});
