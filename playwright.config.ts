import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './scripts/browser.ts';

/** End-to-end tests. Each starts the real server process itself, on a free port and a fresh data folder. */
export default defineConfig({
  testDir: 'tests/browser',
  testMatch: '**/*.spec.ts',
  outputDir: '.cache/playwright',
  timeout: 120_000,
  // How long to wait for what must come: patience on a busy machine, no bound of the product.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  retries: 0,
  workers: 2,
  use: { launchOptions: chromiumLaunchOptions(), trace: 'retain-on-failure', serviceWorkers: 'block' },
});
