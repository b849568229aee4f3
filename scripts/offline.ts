import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/**
 * Builds the service worker, `/sw.js`, with the list of all that it keeps on the device: pages, code, styles, wasm, and
 * the fonts of Latin, Cyrillic and Greek. The other fonts are listed, too: it keeps those that are asked for, and lets go of
 * those that this version does not know. The web app manifest lies in `public/` as it is.
 */
export function offline(): PluginOption {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/service-worker',
    filename: 'sw.ts',
    registerType: 'prompt',
    // The page registers it after its first paint.
    injectRegister: false,
    manifest: false,
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: ['index.html', 'icon.svg', 'assets/*.{js,css,wasm}', 'assets/*.ttf'],
      maximumFileSizeToCacheInBytes: 16_000_000,
      // Named by their content: what an older version has kept already is not fetched again.
      dontCacheBustURLsMatching: /^assets\//,
    },
  });
}
