import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { chunkRange } from '../../core/chunk/chunk.ts';
import { callApi, makeEvent } from '../support/api.ts';
import { expectExactly } from '../support/fault-test.ts';
import { createLedger, type Ledger } from '../support/ledger.ts';
import { chunkRequest, type MintedBatch, mintBatch } from '../support/minted-batch.ts';
import { type Random, seededRandom } from '../support/random.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { integrityOf, serverTickets } from '../support/stored-tickets.ts';
import { IS_FULL } from '../support/world.ts';

const KILLS = IS_FULL ? 300 : 10;
const READY_MS = 3_000;
/** Senders at once; each has the next chunk under way as soon as its last was answered. */
const SENDERS = 8;
const SHAPE = { count: 20_000, chunkSize: 50 };

test(`keeps every acknowledged ticket when the server is killed under load (D1, ${KILLS} kills)`, async () => {
  const random = seededRandom('server killed under load');
  await using stack = new AsyncDisposableStack();
  const server = await startTestServer();
  stack.defer(() => server.close());
  const databaseFile = join(server.dataFolder, 'ticketmint.sqlite');
  const eventId = await makeEvent(server);
  const ledger = createLedger();
  for (let kill = 1; kill <= KILLS; kill++) {
    const batch = await declare(server, eventId, ledger);
    await sendAndKill(server, eventId, batch, ledger, random);
    const startedAt = performance.now();
    await server.restart();
    expect(performance.now() - startedAt, 'ms until it is ready again').toBeLessThanOrEqual(READY_MS);
    expect(integrityOf(databaseFile)).toBe('ok');
    const present = serverTickets(databaseFile, [batch.id]).map(({ id }) => id);
    // Stored without an acknowledgement is legal: the answer died with the server.
    expectExactly(ledger.judge(present, [batch.id]), present.length);
  }
  const present = serverTickets(databaseFile).map(({ id }) => id);
  expectExactly(ledger.judge(present), present.length);
}, 1_800_000);

async function declare(server: TestServer, eventId: string, ledger: Ledger): Promise<MintedBatch> {
  const batch = await mintBatch({ eventId, ...SHAPE });
  await callApi(server, 'PUT', `/events/${eventId}/batches/${batch.id}`, batch.manifest);
  ledger.attempt(batch.id, 1, SHAPE.count);
  return batch;
}

/** Kills the server some time after some acknowledgements; each sender ends with the first request left unanswered. */
async function sendAndKill(
  server: TestServer,
  eventId: string,
  batch: MintedBatch,
  ledger: Ledger,
  random: Random,
): Promise<void> {
  let untilKill = random.between(1, 200);
  const graceMs = random.between(0, 20);
  let killed: Promise<void> | undefined;
  let next = 0;
  const send = async () => {
    while (next < batch.chunks) {
      const seq = next++;
      const request = chunkRequest(await batch.chunk(seq));
      const path = `/api/events/${eventId}/batches/${batch.id}/chunks/${seq}`;
      const status = await server.fetch(path, request).then(
        (response) => response.status,
        () => undefined,
      );
      if (status === undefined) return;
      expect(status).toBe(201);
      const { firstSerial, count } = chunkRange(SHAPE, seq);
      ledger.acknowledge(batch.id, firstSerial, firstSerial + count - 1);
      if (--untilKill === 0) killed = sleep(graceMs).then(() => server.kill());
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  await killed;
}
