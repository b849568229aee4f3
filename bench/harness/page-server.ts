import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Builds the bench page. @returns the folder it lies in. */
export async function buildPages(): Promise<string> {
  await build({ configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)) });
  return fileURLToPath(new URL('../../.cache/bench/pages', import.meta.url));
}

/** From the repository's root. */
const APP = '.cache/bench/app';

/** Builds the application itself, as it is delivered. @returns the folder it lies in. */
export async function buildApp(): Promise<string> {
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
  await build({ configFile, build: { outDir: APP, emptyOutDir: true }, logLevel: 'warn' });
  return fileURLToPath(new URL(`../../${APP}`, import.meta.url));
}

export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves a built folder on a free port of the loopback address. There is no backend: every API request is answered
 * like that of somebody who has to sign in, so that an uploader waits as it would offline.
 */
export async function servePages(folder: string): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path.startsWith('/api/')) {
      response.writeHead(401, { 'Content-Type': 'application/problem+json' });
      return response.end(JSON.stringify({ type: 'about:blank', title: 'Sign in', status: 401, code: 'signed-out' }));
    }
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': MIME_TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
