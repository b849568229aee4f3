import { wrap } from 'comlink';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import { timeWriting } from '../worker-writer.ts';
import type { ArchiveApi } from './archive.worker.ts';

/** As many small files as rows from memory to an archive in a worker, by the writer that `variant` names; the bytes are dropped. */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<ArchiveApi>(new Worker(new URL('./archive.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare(variant ?? 'ours', rows);
  return {
    run: () => timeWriting(worker),
    check: () => worker.check(),
  };
}
