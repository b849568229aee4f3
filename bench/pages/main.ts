import { language } from '../../src/localisation/language.ts';
import type { BenchPage, Scenario, ScenarioOptions } from '../harness/scenario.ts';
import { watchMainThread } from './main-thread.ts';

interface ScenarioModule {
  createScenario(options: ScenarioOptions): Promise<Scenario>;
}

const SCENARIOS: Readonly<Record<string, () => Promise<ScenarioModule>>> = {
  'ingest-whole': () => import('./ingest/whole.ts'),
  'ingest-fill': () => import('./ingest/fill.ts'),
  'ingest-upload': () => import('./ingest/upload.ts'),
  'ingest-json': () => import('./ingest/json.ts'),
  'mint-ours': () => import('./mint/ours.ts'),
  'mint-bare': () => import('./mint/bare.ts'),
  encode: () => import('./encode/encode.ts'),
  'csv-fill': () => import('./csv/fill.ts'),
  'csv-file': () => import('./csv/file.ts'),
  'exports-together': () => import('./csv/together.ts'),
  'export-cancel': () => import('./csv/cancel.ts'),
  'gate-verdicts': () => import('./gate/verdicts.ts'),
  'pdf-tickets': () => import('./pdf/tickets.ts'),
  'pdf-qr': () => import('./pdf/qr.ts'),
  'xlsx-workbook': () => import('./xlsx/workbook.ts'),
  'zip-archive': () => import('./zip/archive.ts'),
  'mint-rows': () => import('./mint/rows.ts'),
};

await language.start();
await language.need('pages');
let scenario: Scenario | undefined;

function current(): Scenario {
  if (scenario === undefined) throw new TypeError('expected a prepared scenario');
  return scenario;
}

/** Rejects with the first error that nobody else takes; a scenario that waits would wait for ever. */
function firstError(): Promise<never> {
  return new Promise((_, reject) => {
    addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
    addEventListener('unhandledrejection', ({ reason }) => reject(reason), { once: true });
  });
}

const bench: BenchPage = {
  async prepare(name, options) {
    const load = SCENARIOS[name];
    if (load === undefined) throw new TypeError(`expected a known scenario, received ${name}`);
    scenario = await (await load()).createScenario(options);
  },
  async run() {
    const watch = watchMainThread();
    const timed = await Promise.race([current().run(), firstError()]);
    return { ...timed, figures: { ...timed.figures, ...watch.stop() } };
  },
  check: () => current().check(),
};

Object.assign(globalThis, { bench });
