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
    afterResponse: [({ response }) => connection.report(isServers(response) ? 'online' : 'unreachable')],
    beforeError: [
      ({ error }) => {
        const problem = toApiProblem(error);
        if ('code' in problem && problem.code === 'unreachable') connection.report('unreachable');
        return problem;
      },
    ],
  },
});

/** Neither a proxy's word for it, nor the page of a network that wants a sign-in of its own. */
function isServers({ status, headers }: Response): boolean {
  const hasItsType = status === 204 || /json|cbor/.test(headers.get('Content-Type') ?? '');
  return hasItsType && !GATEWAY_DOWN.has(status);
}

/** What a proxy answers when the server behind it is gone. */
export const GATEWAY_DOWN = new Set([502, 504]);
