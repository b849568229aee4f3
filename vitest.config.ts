import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './scripts/browser.ts';
import { words } from './scripts/words.ts';

const full = process.env.TICKETMINT_FULL ?? '';
const testTimeout = full === '' ? 30_000 : 900_000;
/** How long to wait for what must come: patience on a busy machine, no bound of the product. */
const expect = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/{core,server,house}/**/*.test.ts'],
          testTimeout,
          expect,
        },
      },
      {
        plugins: [words(), react()],
        // Only for vectors that are read from beside the repository, never copied in.
        server: { fs: { allow: ['.', '../shared/data'] } },
        // Found before the first test, or Vite reloads the page under it when a worker imports something new.
        optimizeDeps: {
          entries: ['workers/*.worker.ts', 'src/main.tsx', 'tests/{workers,src}/**/*.{test,worker}.{ts,tsx}'],
          // It finds its WebAssembly beside itself.
          exclude: ['harfbuzzjs'],
        },
        test: {
          name: 'web',
          include: ['tests/{workers,src}/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/fresh-store.ts', 'tests/support/speak-english.ts'],
          env: { TICKETMINT_FULL: full },
          testTimeout,
          expect,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'engines',
          environment: 'node',
          include: ['tests/engines/**/*.test.ts'],
          expect,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/support/harness.ts'],
          testTimeout: 300_000,
          expect,
          // Each kills servers and fills disks: one at a time, so that a failure has one cause.
          fileParallelism: false,
        },
      },
    ],
  },
});
