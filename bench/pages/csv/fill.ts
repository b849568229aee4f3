import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import { bufferBatch } from './buffered-batch.ts';

/** Only prepares: buffers the tickets that `file.ts` exports in a later visit. */
export async function createScenario({ rows }: ScenarioOptions): Promise<Scenario> {
  await bufferBatch(rows);
  return { run: async () => ({ seconds: 0, bytes: 0 }), check: async () => {} };
}
