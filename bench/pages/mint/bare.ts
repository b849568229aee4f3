import { wrap } from 'comlink';
import { SIGNATURE_BYTES } from '../../../core/ticket/token.ts';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import type { BareApi } from './bare.worker.ts';

/** Bare WebCrypto: signs as many payloads in one worker, 250 in flight, and keeps the signatures in one buffer. */
export async function createScenario({ rows }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<BareApi>(new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare(rows);
  return {
    async run() {
      const startedAt = performance.now();
      await worker.sign();
      return { seconds: (performance.now() - startedAt) / 1_000, bytes: rows * SIGNATURE_BYTES };
    },
    check: () => worker.check(),
  };
}
