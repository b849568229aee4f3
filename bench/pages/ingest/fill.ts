import { startRun } from '../../../src/features/mint/run-controller.ts';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import { planFor, whenMinted } from '../run-events.ts';

/** Only prepares: mints and buffers without being signed in, so that nothing is uploaded yet. */
export async function createScenario({ rows, eventId = '' }: ScenarioOptions): Promise<Scenario> {
  const minted = whenMinted();
  await startRun(planFor(eventId, rows));
  await minted;
  return { run: async () => ({ seconds: 0, bytes: 0 }), check: async () => {} };
}
