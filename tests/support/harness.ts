import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { jitlessZod } from '../../scripts/jitless-zod.ts';
import { words } from '../../scripts/words.ts';

const SOURCE = fileURLToPath(new URL('../faults/harness', import.meta.url));
const BUILT = fileURLToPath(new URL('../../.cache/fault-harness', import.meta.url));

let building: Promise<string> | undefined;

/** Builds the test page once, with the application's own settings. @returns the folder it lies in. */
export function builtHarness(): Promise<string> {
  building ??= buildHarness();
  return building;
}

async function buildHarness(): Promise<string> {
  await build({
    configFile: false,
    root: SOURCE,
    base: '/harness/',
    logLevel: 'error',
    plugins: [words(), jitlessZod()],
    worker: { format: 'es', plugins: () => [jitlessZod()] },
    build: {
      outDir: BUILT,
      emptyOutDir: true,
      target: 'chrome125',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
  return BUILT;
}
