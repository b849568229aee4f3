import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { jitlessZod } from '../../scripts/jitless-zod.ts';
import { words } from '../../scripts/words.ts';

const SOURCE = fileURLToPath(new URL('../faults/harness', import.meta.url));
/** Where the test page lies once it is built. */
export const HARNESS_FOLDER = fileURLToPath(new URL('../../.cache/fault-harness', import.meta.url));

/** Builds the test page with the application's own settings, once for all fault tests: Vitest calls it before the first. */
export async function setup(): Promise<void> {
  await build({
    configFile: false,
    root: SOURCE,
    base: '/harness/',
    logLevel: 'error',
    plugins: [words(), jitlessZod()],
    worker: { format: 'es', plugins: () => [jitlessZod()] },
    build: {
      outDir: HARNESS_FOLDER,
      emptyOutDir: true,
      target: 'chrome125',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
}
