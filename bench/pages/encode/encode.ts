import { wrap } from 'comlink';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import type { EncodeApi } from './encode.worker.ts';

/** Encodes records that are in memory, in a worker, with the encoder named by `variant`, like `csv/papaparse`; the bytes are dropped. */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<EncodeApi>(new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare(variant ?? 'csv/ours', rows);
  return {
    async run() {
      const startedAt = performance.now();
      const bytes = await worker.encode();
      return { seconds: (performance.now() - startedAt) / 1_000, bytes };
    },
    check: () => worker.check(),
  };
}
