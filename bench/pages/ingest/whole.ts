import { SIGNATURE_BYTES } from '../../../core/ticket/token.ts';
import { preflight } from '../../../src/features/mint/preflight.ts';
import { startRun } from '../../../src/features/mint/run-controller.ts';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import { planFor, whenUploaded } from '../run-events.ts';
import { checkUploaded } from './check-uploaded.ts';

/** The main job: from the click, after the pre-flight, to the server's acknowledgement of the last ticket. */
export async function createScenario({ rows, eventId = '' }: ScenarioOptions): Promise<Scenario> {
  await preflight(rows, 0);
  const button = document.getElementById('start') as HTMLButtonElement;
  return {
    async run() {
      const uploaded = whenUploaded(rows);
      const started = new Promise<string>((resolve, reject) => {
        button.onclick = () => startRun(planFor(eventId, rows)).then(resolve, reject);
      });
      const startedAt = performance.now();
      button.click();
      await Promise.all([started, uploaded]);
      return { seconds: (performance.now() - startedAt) / 1_000, bytes: rows * SIGNATURE_BYTES };
    },
    check: () => checkUploaded(rows),
  };
}
