import { wrap } from 'comlink';
import type { Scenario, ScenarioOptions } from '../../harness/scenario.ts';
import { timeWriting } from '../worker-writer.ts';
import type { WorkbookApi } from './workbook.worker.ts';

/** Records from memory to a workbook in a worker, by the writer that `variant` names; the bytes are dropped. */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<WorkbookApi>(new Worker(new URL('./workbook.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare(variant ?? 'ours', rows);
  return {
    run: () => timeWriting(worker),
    check: () => worker.check(),
  };
}
