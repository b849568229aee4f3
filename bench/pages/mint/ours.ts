import { decodeTrustedChunk } from '../../../core/chunk/chunk.ts';
import { decodeBase64Url } from '../../../core/ticket/base64url.ts';
import { SIGNATURE_BYTES, signedMessageWriter } from '../../../core/ticket/token.ts';
import { type LocalBatch, relaxedDatabase } from '../../../src/database/database.ts';
import { preflight } from '../../../src/features/mint/preflight.ts';
import { startRun } from '../../../src/features/mint/run-controller.ts';
import { expect, type Scenario, type ScenarioOptions } from '../../harness/scenario.ts';
import { planFor, whenMinted } from '../run-events.ts';
import { verifySample } from './verify-sample.ts';

/**
 * The product's own way: from the call that the mint button makes until every ticket is buffered and the key is gone.
 * Before it comes the pre-flight, as on the mint page. The clock includes making the key and the strict transactions at
 * both ends.
 */
export async function createScenario({ rows }: ScenarioOptions): Promise<Scenario> {
  await preflight(rows, 0);
  let runId = '';
  return {
    async run() {
      const startedAt = performance.now();
      const minted = whenMinted();
      runId = await startRun(planFor('bench0000000', rows));
      await minted;
      const seconds = (performance.now() - startedAt) / 1_000;
      return { seconds, bytes: rows * SIGNATURE_BYTES };
    },
    check: async () => checkBuffer(runId, rows),
  };
}

async function checkBuffer(runId: string, rows: number): Promise<void> {
  const database = relaxedDatabase();
  const batch = (await database.batches.where('runId').equals(runId).first()) as LocalBatch;
  expect(batch.state === 'minted', `the batch is ${batch.state}`);
  expect((await database.keys.count()) === 0, 'the key is still there');
  let nextSerial = 1;
  await verifySample(decodeBase64Url(batch.publicKey), signedMessageWriter(batch.id, 0), async (offer) => {
    for (let seq = 0; nextSerial <= rows; seq++) {
      const row = await database.chunks.get([batch.id, seq]);
      expect(row !== undefined, `chunk ${seq} is missing`);
      const chunk = decodeTrustedChunk(row.bytes);
      expect(chunk.firstSerial === nextSerial, `chunk ${seq} begins at ${chunk.firstSerial}`);
      offer(nextSerial, chunk.signatures);
      nextSerial += chunk.count;
    }
  });
  expect(nextSerial === rows + 1, `${nextSerial - 1} tickets instead of ${rows}`);
}
