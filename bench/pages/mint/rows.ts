import { wrap } from 'comlink';
import { TOKEN_TEXT_LENGTH } from '../../../core/ticket/token.ts';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import type { RowsApi } from './rows.worker.ts';

/** What people do: sign, then one Dexie row a ticket with two indices, `variant` rows a transaction. */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<RowsApi>(new Worker(new URL('./rows.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare();
  return {
    async run() {
      const startedAt = performance.now();
      await worker.mint(rows, Number(variant));
      return { seconds: (performance.now() - startedAt) / 1_000, bytes: rows * TOKEN_TEXT_LENGTH };
    },
    check: () => worker.check(rows),
  };
}
