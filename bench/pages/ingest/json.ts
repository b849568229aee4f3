import { wrap } from 'comlink';
import { expect, type PeerUpload, type Scenario, type ScenarioOptions } from '../../harness/scenario.ts';
import type { JsonUploadApi } from './json.worker.ts';

/** What people do: tickets as JSON from a worker, in chunks; `variant` is a {@link PeerUpload} as JSON. */
export async function createScenario({ rows, variant = '{}' }: ScenarioOptions): Promise<Scenario> {
  const worker = wrap<JsonUploadApi>(new Worker(new URL('./json.worker.ts', import.meta.url), { type: 'module' }));
  await worker.prepare(rows);
  return {
    async run() {
      const startedAt = performance.now();
      const bytes = await worker.upload(JSON.parse(variant) as PeerUpload);
      return { seconds: (performance.now() - startedAt) / 1_000, bytes };
    },
    async check() {
      const { count, tokens } = (await (await fetch('/peer/count')).json()) as { count: number; tokens: number };
      expect(count === rows && tokens === rows, `${count} tickets, ${tokens} tokens were stored`);
    },
  };
}
