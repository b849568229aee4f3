import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** One size-limit check. */
export interface Budget {
  readonly name: string;
  readonly path: string[];
  readonly limit: string;
  readonly gzip: true;
}

/**
 * What a worker's own JavaScript may weigh, gzipped; libraries it loads on demand (ExcelJS, noble) come on top. Dexie
 * takes 32 kB of each, zod 25 where the API's contract is needed.
 */
const WORKER_LIMITS: Readonly<Record<string, string>> = {
  'import.worker': '100 kB',
  'mint.worker': '70 kB',
  'upload.worker': '80 kB',
  'tickets.worker': '45 kB',
  'export.worker': '80 kB',
  'gate.worker': '20 kB',
  'rehearsal.worker': '20 kB',
  'workspace.worker': '90 kB',
};

const FIRST_SCREEN_LIMIT = '200 kB';

/**
 * The budgets of a build: everything the first screen (signing in) loads, with its words, and each worker's entry.
 * @param dist the folder that Vite built into.
 * @param workers the names of the worker entries, like `mint.worker`.
 * @throws {Error} when a worker has no stated limit or was not built.
 */
export function budgetsOf(dist: string, workers: readonly string[]): Budget[] {
  const built = readdirSync(join(dist, 'assets'));
  const workerBudgets = workers.map((worker) => {
    const limit = WORKER_LIMITS[worker];
    if (limit === undefined) throw new Error(`${worker}: state its size limit in scripts/budgets.ts`);
    const entry = built.find((file) => file.startsWith(`${worker}-`) && file.endsWith('.js'));
    if (entry === undefined) throw new Error(`${worker}: not found in the build`);
    return budget(worker, withStaticImports([join(dist, 'assets', entry)]), limit);
  });
  return [budget('first screen', withStaticImports(firstScreenEntries(dist)), FIRST_SCREEN_LIMIT), ...workerBudgets];
}

/** The names of the worker entries in a source folder: `mint.worker` for `mint.worker.ts`. */
export function workerNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.worker.ts'))
    .map((file) => basename(file, '.ts'));
}

function budget(name: string, path: string[], limit: string): Budget {
  return { name, path, limit, gzip: true };
}

interface ManifestChunk {
  readonly file: string;
  readonly src?: string;
  readonly isEntry?: boolean;
}

/** The page's own entry, the routes' code that signing in loads before anything can be typed, and the longest language. */
function firstScreenEntries(dist: string): string[] {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, ManifestChunk>;
  const chunks = Object.values(manifest);
  const filesOf = (source: RegExp) =>
    chunks.filter(({ src }) => source.test(src ?? '')).map(({ file }) => join(dist, file));
  const words = filesOf(/locales\/.*\/shell/).sort((left, right) => statSync(right).size - statSync(left).size);
  const entries = chunks.filter(({ isEntry }) => isEntry).map(({ file }) => join(dist, file));
  return [...entries, ...filesOf(/sign-in/), ...words.slice(0, 1)];
}

const STATIC_IMPORT = /(?:import|export)(?:[^"'();]*?from)?\s*["'](\.[^"']+\.js)["']/g;

/** The files and all that they import eagerly, each once. */
function withStaticImports(entries: readonly string[]): string[] {
  const seen = new Set<string>(entries);
  for (const file of seen)
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT))
      seen.add(join(dirname(file), specifier as string));
  return [...seen];
}
