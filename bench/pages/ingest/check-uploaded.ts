import { batchDetailSchema } from '../../../core/api/batch.ts';
import { chunkCountOf, decodeChunk } from '../../../core/chunk/chunk.ts';
import { decodeBase64Url } from '../../../core/ticket/base64url.ts';
import { signedMessageWriter } from '../../../core/ticket/token.ts';
import { relaxedDatabase } from '../../../src/database/database.ts';
import { expect } from '../../harness/scenario.ts';
import { verifySample } from '../mint/verify-sample.ts';

const SEAL_TIMEOUT_MS = 30_000;
/** Chunks fetched back from the server and looked into. */
const CHUNKS_READ_BACK = 20;

/** Checks that the server has exactly the tickets of this device's one batch, sealed, and gives back what was sent. */
export async function checkUploaded(rows: number): Promise<void> {
  const database = relaxedDatabase();
  const batch = await database.batches.toCollection().first();
  expect(batch !== undefined, 'there is no batch on this device');
  for (const deadline = Date.now() + SEAL_TIMEOUT_MS; (await database.runs.get(batch.runId))?.state !== 'done'; ) {
    expect(Date.now() < deadline, 'the run did not end');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const url = `/api/events/${batch.eventId}/batches/${batch.id}`;
  const detail = batchDetailSchema.parse(await (await fetch(url)).json());
  const chunks = chunkCountOf(batch);
  expect(detail.state === 'sealed' && detail.sealReason === 'complete', `the batch is ${detail.state}`);
  expect(detail.stored === rows && detail.revoked === 0, `the server has ${detail.stored} tickets`);
  expect(JSON.stringify(detail.acknowledged) === JSON.stringify([[0, chunks - 1]]), 'chunks are missing');
  const step = Math.max(1, Math.floor(chunks / CHUNKS_READ_BACK));
  await verifySample(
    decodeBase64Url(batch.publicKey),
    signedMessageWriter(batch.id, batch.typeIndex),
    async (offer) => {
      for (let seq = 0; seq < chunks; seq += step) {
        const response = await fetch(`${url}/chunks/${seq}`, { headers: { Accept: 'application/cbor' } });
        const chunk = decodeChunk(new Uint8Array(await response.arrayBuffer()));
        offer(chunk.firstSerial, chunk.signatures);
      }
    },
  );
}
