import { SIGNATURE_BYTES } from '../../../core/ticket/token.ts';
import { relaxedDatabase } from '../../../src/database/database.ts';
import { ensureRunService } from '../../../src/features/mint/run-service.ts';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import { whenUploaded } from '../run-events.ts';
import { checkUploaded } from './check-uploaded.ts';

/** Uploading alone, of what is buffered already; the clock includes starting the worker. */
export async function createScenario({ rows }: ScenarioOptions): Promise<Scenario> {
  await relaxedDatabase().open();
  return {
    async run() {
      const uploaded = whenUploaded(rows);
      const startedAt = performance.now();
      ensureRunService();
      await uploaded;
      return { seconds: (performance.now() - startedAt) / 1_000, bytes: rows * SIGNATURE_BYTES };
    },
    check: () => checkUploaded(rows),
  };
}
