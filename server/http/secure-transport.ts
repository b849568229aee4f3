import type { Context } from 'hono';
import { ProblemError } from '../problem.ts';
import type { AppEnv } from './client.ts';

/** A password or a session's cookie must not cross a network in the clear. */
export function requireSecureTransport(c: Context<AppEnv>): void {
  const { isHttps, isLoopback } = c.get('client');
  if (!isHttps && !isLoopback)
    throw new ProblemError('insecure-transport', {
      detail:
        'Open Ticketmint at https, or at http://localhost. Behind a proxy that speaks https, name it in TRUSTED_PROXIES.',
    });
}
