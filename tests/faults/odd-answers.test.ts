import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { expectExactly, faultTest } from '../support/fault-test.ts';
import { serverBatches, serverTickets } from '../support/stored-tickets.ts';
import { judgeServer, mint, until, untilDone, untilStored } from '../support/world.ts';

const TICKETS = 20_000;
const SUFFIXES = ['', '-wal', '-shm'];

faultTest('sends again what a server lost that was restored from a backup, before it seals', async (world) => {
  const { databaseFile, server } = world;
  const backUp = (from: string, to: string) => {
    for (const suffix of SUFFIXES) {
      rmSync(to + suffix, { force: true });
      if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
    }
  };
  const page = await world.open(await world.launch());
  world.proxy.set([{ kind: 'latency', ms: 100 }]);
  const runId = await mint(page, world.eventId, TICKETS);
  await untilStored(world, TICKETS / 4);
  await server.kill();
  backUp(databaseFile, `${databaseFile}.backup`);
  await server.restart();
  await untilStored(world, TICKETS / 2);
  await server.kill();
  backUp(`${databaseFile}.backup`, databaseFile);
  await server.restart();
  world.proxy.set([]);
  await untilDone(page, runId);
  expect(new Set(serverTickets(databaseFile).map(({ id }) => id)).size).toBe(TICKETS);
  expect(serverBatches(databaseFile)).toMatchObject([{ stored: TICKETS, sealReason: 'complete' }]);
});

faultTest('takes no sign-in page of a network for an acknowledgement', async (world) => {
  const page = await world.open(await world.launch());
  world.proxy.set([{ kind: 'latency', ms: 100 }]);
  const runId = await mint(page, world.eventId, TICKETS);
  await untilStored(world, TICKETS / 4);
  world.observer.capture('<title>Welcome to our Wi-Fi</title>');
  await until('a retry', () => world.events.some((event) => event.type === 'retry' && event.retry !== null));
  await sleep(1_000);
  world.observer.capture(undefined);
  world.proxy.set([]);
  await untilDone(page, runId);
  expectExactly(judgeServer(world), TICKETS);
});

faultTest(
  'sends nothing more of a run that is cancelled without a server, and seals it when it is back',
  async (world) => {
    const { databaseFile } = world;
    const page = await world.open(await world.launch());
    world.proxy.set([{ kind: 'latency', ms: 100 }]);
    const runId = await mint(page, world.eventId, TICKETS);
    await untilStored(world, TICKETS / 4);
    await world.server.kill();
    const [{ stored = 0 } = {}] = serverBatches(databaseFile);
    await page.evaluate((id) => window.harness.cancelRun(id), runId);
    const stateOf = () => page.evaluate(async (id) => (await window.harness.run(id))?.state, runId);
    expect(await stateOf()).toBe('cancelling');
    await world.server.restart();
    await until('the run to be cancelled', async () => (await stateOf()) === 'cancelled');
    expect(serverBatches(databaseFile)).toMatchObject([{ stored, state: 'sealed', sealReason: 'cancelled' }]);
    expectExactly(judgeServer(world), stored);
  },
);
