import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { PAGE_LOCK } from './page-lock.ts';

declare const self: ServiceWorkerGlobalScope;

/**
 * The service worker: it keeps the built application on the device, so that it starts without the server. The API is
 * never answered by it. A new version waits until a page says `SKIP_WAITING` or the last page of the old one is gone.
 */

const FONTS = 'fonts';
const controller = new PrecacheController();
const files = self.__WB_MANIFEST.map((entry) => (typeof entry === 'string' ? { url: entry, revision: null } : entry));
/** Kept once an export has used them, or somebody asked for them: up to 10 MB each. */
const fonts = new Set(files.map(({ url }) => `/${url}`).filter((path) => isFont(path) && !isBaseFont(path)));
controller.addToCacheList(files.filter(({ url }) => !fonts.has(`/${url}`)));

self.addEventListener('install', (event) => void controller.install(event));
self.addEventListener('activate', (event) => {
  // The first visit's page, too, must find its later code without the server.
  event.waitUntil(Promise.all([self.clients.claim(), forgetOldVersions(event)]));
});
self.addEventListener('message', ({ data }) => {
  if ((data as { readonly type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.waitUntil(forgetOldVersions(event));
});

registerRoute(new PrecacheRoute(controller));
registerRoute(({ sameOrigin, url }) => sameOrigin && isFont(url.pathname), new CacheFirst({ cacheName: FONTS }));
// What a page of the version before this one still asks for; its names bear hashes, so that two versions never mix.
registerRoute(
  ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
);
registerRoute(
  new NavigationRoute(controller.createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(?:api|schemas|healthz|readyz)(?:[/?]|$)/, /^[^?]*\.\w+(?:\?|$)/],
  }),
);

function isFont(path: string): boolean {
  return path.startsWith('/assets/') && path.endsWith('.ttf');
}

/** Latin, Cyrillic and Greek. */
function isBaseFont(path: string): boolean {
  return path.startsWith('/assets/NotoSans_');
}

/** Deletes what only other versions need, once none of their pages is open. */
async function forgetOldVersions(event: ExtendableEvent): Promise<void> {
  const { installing, waiting } = self.registration;
  // What a newer version has put there already would look like an old one's.
  if (installing !== null || waiting !== null) return;
  const { held = [] } = await navigator.locks.query();
  const pages = held.flatMap(({ name = '' }) => (name.startsWith(PAGE_LOCK) ? [name.slice(PAGE_LOCK.length)] : []));
  if (pages.every((entry) => controller.getCacheKeyForURL(entry) !== undefined))
    await Promise.all([controller.activate(event), forgetOldFonts()]);
}

async function forgetOldFonts(): Promise<void> {
  const cache = await caches.open(FONTS);
  const kept = await cache.keys();
  const old = kept.filter(({ url }) => !fonts.has(new URL(url).pathname));
  await Promise.all(old.map((request) => cache.delete(request)));
}
