import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './scripts/browser.ts';

/** Each test starts the real server process itself, on a free port and a fresh data folder. */
export default defineConfig({
  outputDir: '.cache/playwright',
  timeout: 60_000,
  forbidOnly: true,
  retries: 0,
  workers: 1,
  use: { launchOptions: chromiumLaunchOptions(), trace: 'retain-on-failure' },
  projects: [
    { name: 'browser', testDir: 'tests/browser', testMatch: '**/*.spec.ts' },
    { name: 'faults', testDir: 'tests/faults', testMatch: '**/*.spec.ts', timeout: 600_000 },
  ],
});
