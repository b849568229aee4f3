import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/**
 * Builds the service worker, `/sw.js`, with the list of all that it keeps on the device: pages, code, styles, wasm, and
 * the fonts of Latin, Cyrillic and Greek. The web app manifest lies in `public/` as it is.
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
      globPatterns: ['index.html', 'icon.svg', 'assets/*.{js,css,wasm}', 'assets/NotoSans_*.ttf'],
      // Named by their content: what an older version has kept already is not fetched again.
      dontCacheBustURLsMatching: /^assets\//,
    },
  });
}
