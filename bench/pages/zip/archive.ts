import { wrap } from 'comlink';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import type { ArchiveApi } from './archive.worker.ts';

/** As many small files as rows from memory to an archive in a worker, by the writer that `variant` names; the bytes are dropped. */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<ArchiveApi>(new Worker(new URL('./archive.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare(variant ?? 'ours', rows);
  return {
    async run() {
      const startedAt = performance.now();
      const bytes = await worker.write();
      return { seconds: (performance.now() - startedAt) / 1_000, bytes };
    },
    check: () => worker.check(),
  };
}
