import { sha256 } from '@noble/hashes/sha2.js';
import { proxy } from 'comlink';
import type { ExportOutcome, ExportRequest } from '../../../core/export/job.ts';
import { bytesToHex } from '../../../core/ticket/token.ts';
import { relaxedDatabase } from '../../../src/database/database.ts';
import { withExportWorker } from '../../../src/features/exports/export-pool.ts';
import { stagedFiles } from '../../../workers/export/staging.ts';
import { expect, type Scenario, type ScenarioOptions } from '../../harness/scenario.ts';
import { exportRequest } from './export-request.ts';

const FORMATS = ['csv', 'json', 'ndjson', 'xlsx', 'xml'] as const;

/** Five exports of what is buffered, by the product's own pool of workers: all at once, or (`in-turn`) one after another. */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  await relaxedDatabase().open();
  const requests = FORMATS.map((formatId) => exportRequest(formatId, rows));
  let outcomes: readonly ExportOutcome[] = [];
  return {
    async run() {
      const startedAt = performance.now();
      outcomes = variant === 'in-turn' ? await inTurn(requests) : await Promise.all(requests.map(runExport));
      const seconds = (performance.now() - startedAt) / 1_000;
      return { seconds, bytes: outcomes.reduce((sum, { manifest }) => sum + manifest.bytes, 0) };
    },
    async check() {
      expect(outcomes.length === FORMATS.length, `${outcomes.length} exports`);
      for (const outcome of outcomes) await checkFile(outcome, rows);
    },
  };
}

async function inTurn(requests: readonly ExportRequest[]): Promise<readonly ExportOutcome[]> {
  const outcomes: ExportOutcome[] = [];
  for (const request of requests) outcomes.push(await runExport(request));
  return outcomes;
}

function runExport(request: ExportRequest): Promise<ExportOutcome> {
  return withExportWorker((worker) =>
    worker.call((api) =>
      api.run(
        request,
        proxy(() => {}),
      ),
    ),
  );
}

async function checkFile({ manifest, staged }: ExportOutcome, rows: number): Promise<void> {
  expect(manifest.records === rows && manifest.rejectedCount === 0, `${manifest.records} records were written`);
  const [file] = await stagedFiles(staged);
  expect(file !== undefined && file.size === manifest.bytes, 'the file is not as long as its manifest says');
  const hash = sha256.create();
  for await (const bytes of file.stream()) hash.update(bytes);
  expect(bytesToHex(hash.digest()) === manifest.sha256, 'the file has another hash than its manifest');
}
