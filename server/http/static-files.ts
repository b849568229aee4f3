import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { AppEnv } from './client.ts';

const NOTHING = async () => {};
const YEAR_IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * Serves the built application. What lies under `assets/` bears a hash of its content in its name and never changes;
 * everything else is asked for again. Any other page address is the application's to route. As middleware, so that no
 * address of the API counts as matched by it.
 * @param folder absolute path of the built application
 */
export function registerStaticFiles(app: Hono<AppEnv>, folder: string): void {
  const file = serveStatic<AppEnv>({ root: folder, precompressed: true });
  const page = serveStatic<AppEnv>({ root: folder, path: 'index.html', precompressed: true });
  app.use(async (c, next) => {
    const { path, method } = c.req;
    if ((method !== 'GET' && method !== 'HEAD') || /^\/api(?:\/|$)/.test(path)) return next();
    // A file that is gone must not come back as a page.
    const isFile = path.startsWith('/assets/') || /\.\w+$/.test(path);
    const response = (await file(c, NOTHING)) ?? (isFile ? undefined : await page(c, NOTHING));
    if (response === undefined) return next();
    if (response.ok) response.headers.set('Cache-Control', path.startsWith('/assets/') ? YEAR_IMMUTABLE : 'no-cache');
    // Hono's list of types lacks it.
    if (path.endsWith('.xsd')) response.headers.set('Content-Type', 'application/xml');
    return response;
  });
}
