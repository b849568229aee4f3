import { proxy } from 'comlink';
import { startWorker } from '../../../workers/bridge.ts';
import { stagedNames } from '../../../workers/export/staging.ts';
import { expect, type Scenario, type ScenarioOptions } from '../../harness/scenario.ts';
import { exportRequest } from './export-request.ts';

const FORMATS = ['csv', 'json', 'ndjson', 'xlsx', 'xml'] as const;

/** Each format is cancelled at its first report of progress: the longest that one of them took to end. */
export async function createScenario({ rows }: ScenarioOptions): Promise<Scenario> {
  return {
    async run() {
      const startedAt = performance.now();
      let cancelMs = 0;
      for (const formatId of FORMATS) cancelMs = Math.max(cancelMs, await cancelOne(formatId, rows));
      return { seconds: (performance.now() - startedAt) / 1_000, bytes: 0, figures: { cancelMs } };
    },
    async check() {
      expect((await stagedNames()).length === 0, 'a cancelled export left files');
    },
  };
}

async function cancelOne(formatId: (typeof FORMATS)[number], rows: number): Promise<number> {
  const worker = startWorker('export');
  const request = exportRequest(formatId, rows);
  let cancelledAt = 0;
  const onProgress = proxy(({ records }: { readonly records: number }) => {
    if (records === 0 || cancelledAt > 0) return;
    cancelledAt = performance.now();
    void worker.call((api) => api.cancel(request.id));
  });
  const ended = await worker
    .call((api) => api.run(request, onProgress))
    .then(
      () => false,
      () => true,
    );
  const tookMs = performance.now() - cancelledAt;
  worker.terminate();
  expect(ended && cancelledAt > 0, `${formatId} was not cancelled`);
  return tookMs;
}
