import { expect, test } from 'vitest';
import { PROBLEM_CODES } from '../../../core/api/problem.ts';
import { ApiProblem, parseRetryAfter } from '../../../src/api/api-problem.ts';
import { wordsOf } from '../../../src/api/problem-words.ts';

test('reads Retry-After as seconds and as a date', () => {
  const now = Date.UTC(2027, 0, 1);
  expect(parseRetryAfter('7', now)).toBe(7_000);
  expect(parseRetryAfter('Fri, 01 Jan 2027 00:00:30 GMT', now)).toBe(30_000);
  expect(parseRetryAfter('Thu, 31 Dec 2026 23:59:00 GMT', now)).toBe(0);
  expect(parseRetryAfter('soon', now)).toBeUndefined();
  expect(parseRetryAfter(null, now)).toBeUndefined();
});

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
