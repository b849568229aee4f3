import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chunkGroups } from './scripts/chunks.ts';
import { jitlessZod } from './scripts/jitless-zod.ts';
import { offline } from './scripts/offline.ts';
import { precompress } from './scripts/precompress.ts';
import { preload } from './scripts/preload.ts';
import { words } from './scripts/words.ts';

/** Where `npm run dev` starts the backend. */
const backend = `http://127.0.0.1:${process.env.TICKETMINT_DEV_BACKEND_PORT ?? '8787'}`;

export default defineConfig({
  plugins: [words(), react(), jitlessZod(), preload('boot'), offline(), precompress()],
  // It finds its WebAssembly beside itself.
  optimizeDeps: { exclude: ['harfbuzzjs'] },
  worker: { format: 'es', plugins: () => [jitlessZod()] },
  build: {
    // The oldest engines that run what we call: Set methods, OPFS in workers, Promise.withResolvers (ES2024).
    target: ['chrome125', 'edge125', 'firefox129', 'safari17.4'],
    manifest: true,
    sourcemap: 'hidden',
    // Nothing becomes a data: URL, which the content security policy refuses for scripts and workers.
    assetsInlineLimit: 0,
    // Every supported browser preloads modules itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', boot: 'src/app/boot.tsx' },
      output: { codeSplitting: { groups: [...chunkGroups] } },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: { '/api': backend, '/healthz': backend, '/readyz': backend },
  },
});
