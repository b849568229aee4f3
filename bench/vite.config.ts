import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { words } from '../scripts/words.ts';

/** One page with every scenario, each loaded when it is asked for; built like the app, so that workers are the app's own. */
export default defineConfig({
  root: fileURLToPath(new URL('./pages', import.meta.url)),
  plugins: [words()],
  worker: { format: 'es' },
  logLevel: 'warn',
  build: {
    target: ['chrome125', 'edge125', 'firefox129', 'safari17.4'],
    outDir: fileURLToPath(new URL('../.cache/bench/pages', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: fileURLToPath(new URL('./pages/index.html', import.meta.url)) },
  },
});
