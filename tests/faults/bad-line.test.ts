import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { expectExactly, faultTest } from '../support/fault-test.ts';
import type { Toxic } from '../support/proxy.ts';
import { IS_FULL, judgeServer, mint, untilDone, untilStored } from '../support/world.ts';

const TICKETS = IS_FULL ? 100_000 : 20_000;
/** With every fault at once it is the waiting that takes the time. */
const TICKETS_AT_ONCE = IS_FULL ? 100_000 : 10_000;
const DROP_ROUNDS = IS_FULL ? 30 : 1;
const BOTH_KILLED = IS_FULL ? 100 : 2;
/** The most chunks that are under way at once (core/upload/parallelism.ts). */
const IN_FLIGHT = 4;
const MAX_WASTE = 0.15;

faultTest(
  `stores each chunk once when 30 % of the replies are lost (U1, ${DROP_ROUNDS} × ${TICKETS} tickets)`,
  async (world) => {
    const page = await world.open(await world.launch());
    for (let round = 1; round <= DROP_ROUNDS; round++) {
      world.proxy.set([{ kind: 'drop-reply', afterBytes: 0, chance: 0.3, per: 'exchange' }]);
      await untilDone(page, await mint(page, world.eventId, TICKETS));
      expectExactly(judgeServer(world), round * TICKETS);
    }
    expect(world.proxy.cuts['drop-reply']).toBeGreaterThan(5 * DROP_ROUNDS);
  },
);

faultTest(
  `wastes at most 15 % of the bytes when 10 % of the requests are reset (U2, ${TICKETS} tickets)`,
  async (world) => {
    const page = await world.open(await world.launch());
    const before = world.proxy.bytes.up;
    await untilDone(page, await mint(page, world.eventId, TICKETS));
    const needed = world.proxy.bytes.up - before;
    // One request in ten, cut at its start, before its middle, behind it, and at its last bytes.
    world.proxy.set(
      [100, 10_000, 20_000, 32_000].map((afterBytes) => ({
        kind: 'reset-peer',
        afterBytes,
        chance: 0.025,
        per: 'exchange',
      })),
    );
    const runId = await mint(page, world.eventId, TICKETS);
    await untilDone(page, runId);
    const waste = (world.proxy.bytes.up - before - needed) / needed - 1;
    expectExactly(judgeServer(world), 2 * TICKETS);
    expect(waste, `${world.proxy.cuts['reset-peer']} resets`).toBeLessThanOrEqual(MAX_WASTE);
  },
);

faultTest(`finishes by itself over a line with every fault at once (U2, ${TICKETS_AT_ONCE} tickets)`, async (world) => {
  const page = await world.open(await world.launch());
  const tenth = { chance: 0.1, per: 'exchange' } as const;
  const faults: Toxic[] = [
    { kind: 'reset-peer', afterBytes: 10_000, ...tenth },
    { kind: 'limit-data', bytes: 20_000, ...tenth },
    { kind: 'latency', ms: 2_000, ...tenth },
    { kind: 'bandwidth', bytesPerSecond: 50_000, ...tenth },
    { kind: 'slicer', bytes: 1_000, delayMs: 5, ...tenth },
  ];
  world.proxy.set(faults);
  const runId = await mint(page, world.eventId, TICKETS_AT_ONCE);
  await untilStored(world, TICKETS_AT_ONCE / 2);
  // From here every connection that carries anything goes silent, until the uploader has noticed.
  world.proxy.set([{ kind: 'half-open', afterBytes: 5_000 }]);
  await sleep(2_000);
  world.proxy.set(faults);
  await untilDone(page, runId);
  expectExactly(judgeServer(world), TICKETS_AT_ONCE);
});

faultTest(
  `goes on at the last acknowledged chunk when browser and server are both killed (U3, ${BOTH_KILLED} rounds)`,
  async (world) => {
    let browser = await world.launch();
    let page = await world.open(browser);
    for (let round = 1; round <= BOTH_KILLED; round++) {
      const runId = await mint(page, world.eventId, 10_000);
      await sleep(world.random.between(200, 1_000));
      const kills = [() => browser.kill(), () => world.server.kill()];
      if (world.random.next() < 0.5) kills.reverse();
      for (const kill of kills) {
        await kill();
        await sleep(world.random.between(0, 100));
      }
      await world.server.restart();
      const sentBefore = world.observer.chunks.length;
      browser = await world.launch();
      page = await world.open(browser);
      await untilDone(page, runId);
      expectExactly(judgeServer(world), round * 10_000);
      const again = world.observer.chunks.slice(sentBefore).filter(({ status }) => status === 200);
      expect(again.length, 'chunks sent although they were stored').toBeLessThanOrEqual(IN_FLIGHT);
    }
  },
);
