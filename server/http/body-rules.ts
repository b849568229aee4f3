import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { matchedRoutes } from 'hono/route';
import { ProblemError } from '../problem.ts';
import type { AppEnv } from './client.ts';

/** Far above the largest JSON body of the API. */
const MAX_JSON_BYTES = 64 * 1024;

/** Bodies are JSON and small; `exceptRoute` checks its own. */
export function jsonBodiesOnly(exceptRoute: string): MiddlewareHandler<AppEnv> {
  const limit = bodyLimit({
    maxSize: MAX_JSON_BYTES,
    onError: () => {
      throw new ProblemError('too-large', { detail: `A JSON body has at most ${MAX_JSON_BYTES} bytes.` });
    },
  });
  return async (c, next) => {
    // Not the last of them: the built application's files are matched after every route.
    if (matchedRoutes(c).some(({ path }) => path === exceptRoute)) return next();
    const hasBody = c.req.header('Transfer-Encoding') !== undefined || Number(c.req.header('Content-Length') ?? 0) > 0;
    if (hasBody && !/^application\/json\s*(?:;|$)/i.test(c.req.header('Content-Type') ?? ''))
      throw new ProblemError('unsupported-media-type', { detail: 'Expected application/json.' });
    return limit(c, next);
  };
}
