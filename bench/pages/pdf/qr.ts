import { wrap } from 'comlink';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import type { QrApi } from './qr.worker.ts';

/** QR matrices of tokens in a worker, by the encoder that `variant` names; the matrices are dropped. */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<QrApi>(new Worker(new URL('./qr.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare(variant ?? 'ours', rows);
  return {
    async run() {
      const startedAt = performance.now();
      await worker.run();
      return { seconds: (performance.now() - startedAt) / 1_000, bytes: 0 };
    },
    check: async () => worker.check(),
  };
}
