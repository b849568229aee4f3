import ky from 'ky';
import { toApiProblem } from './api-problem.ts';
import { connection } from './connection.ts';

/**
 * The one HTTP client of the pages. It retries what may be repeated (GET, PUT, DELETE) with full jitter, obeys a
 * `Retry-After` of up to 10 s, and rejects with an `ApiProblem`. It shows nothing and goes nowhere.
 */
export const api = ky.create({
  prefix: '/api/',
  timeout: 15_000,
  totalTimeout: 60_000,
  retry: { limit: 3, jitter: true, backoffLimit: 4_000, maxRetryAfter: 10_000, retryOnTimeout: true },
  hooks: {
    afterResponse: [({ response }) => connection.report(GATEWAY_DOWN.has(response.status) ? 'unreachable' : 'online')],
    beforeError: [
      ({ error }) => {
        const problem = toApiProblem(error);
        if ('code' in problem && problem.code === 'unreachable') connection.report('unreachable');
        return problem;
      },
    ],
  },
});

/** What a proxy answers when the server behind it is gone. */
export const GATEWAY_DOWN = new Set([502, 504]);
