import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeEvent } from '../support/api.ts';
import { COUNT, makeTickets } from '../support/export-tickets.ts';
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts';
import { isSignedBy, publicKeyOf, type ServerBatch, serverBatches, serverTickets } from '../support/stored-tickets.ts';
import { IS_FULL } from '../support/world.ts';
import { downloaded } from './downloads.ts';
import type { Engine, EnginePage } from './engine.ts';
import { csvTokens, expectEveryFormat, expectTokens } from './export-content.ts';
import { button, field, heading, option, text } from './finders.ts';
import { canPickFile, keptAnswers, reloadOnceMinting } from './page-tasks.ts';

/** Minted with a reload in the middle; up to 5,000 need no confirmation. */
const MINTED = IS_FULL ? 40_000 : 4_000;
/** Minted without the server. */
const OFFLINE = 500;
const MORE_FORMATS = ['JSON', 'NDJSON', 'XML', 'Excel', 'Tickets (PDF)', 'Report (PDF)'];
const TIMEOUT_MS = IS_FULL ? 600_000 : 120_000;

const words = (count: number) => count.toLocaleString('en');

/**
 * What must hold in every engine, against the built application and the real server process. The steps go on from each
 * other, in one browser.
 */
export function walk(engine: Engine): void {
  const skipped = engine.missing === null ? '' : ` (skipped: ${engine.missing})`;
  describe.skipIf(engine.missing !== null)(`in ${engine.name}${skipped}`, { timeout: TIMEOUT_MS }, () => {
    let server: TestServer;
    let folder: string;
    let page: EnginePage;
    let isBroken = false;

    const launch = () => engine.launch({ profile: join(folder, 'profile'), downloads: join(folder, 'downloads') });
    const download = (act: () => Promise<void>) => downloaded(join(folder, 'downloads'), act);
    const databaseFile = () => join(server.dataFolder, 'ticketmint.sqlite');
    const batchOf = (eventId: string) =>
      serverBatches(databaseFile()).find((batch) => batch.eventId === eventId) as ServerBatch;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'ticketmint-engine-'));
      await Promise.all(['profile', 'downloads'].map((name) => mkdir(join(folder, name))));
      server = await startTestServer();
      page = await launch();
    }, TIMEOUT_MS);
    beforeEach(({ skip }) => skip(isBroken, 'a step before it failed'));
    afterEach(async ({ task }) => {
      if (task.result?.state !== 'fail') return;
      isBroken = true;
      console.log(await page.run(() => `${location.href}\n${document.body.innerText}`));
    }, TIMEOUT_MS);
    afterAll(async () => {
      await page?.close();
      await server?.close();
      await rm(folder, { recursive: true, force: true });
    }, TIMEOUT_MS);

    test('signs in', async () => {
      await page.goto(server.url);
      await page.type(field('E-mail'), ADMIN.email);
      await page.type(field('Password'), ADMIN.password);
      await page.click(button('Sign in'));
      await page.see(heading('Events'));
    });

    test(`mints ${words(MINTED)}, reloaded in the middle: exactly these, each signed`, async () => {
      const eventId = await makeEvent(server);
      await startMinting(eventId, MINTED);
      expect(await page.run(reloadOnceMinting)).toBeLessThan(MINTED);
      await page.see(text(`All ${words(MINTED)} tickets are on the server.`));
      expectStored(batchOf(eventId), MINTED);
    });

    test('exports every format as a download', async () => {
      const { eventId } = await makeTickets(server);
      await page.goto(`${server.url}/events/${eventId}/exports`);
      for (const format of MORE_FORMATS) await page.click(field(format));
      await page.type(field('File name'), 'all');
      await page.click(button(`Check ${words(COUNT)} tickets`));
      const file = await download(() => save(COUNT));
      expect(file.name).toBe('all.zip');
      await page.see(text('It is handed to the browser’s downloads as “all.zip”.'));
      await expectEveryFormat(file.path, batchOf(eventId));
    });

    test(`starts without the server, mints ${words(OFFLINE)} and exports them; then all arrives`, async () => {
      const eventId = await makeEvent(server);
      await page.goto(server.url);
      const kept = `answer events/${eventId}/types`;
      await expect.poll(() => page.run(keptAnswers), { timeout: 60_000 }).toContain(kept);
      if (engine.keepsProfile) await page.close();
      await server.kill();
      if (engine.keepsProfile) page = await launch();
      await page.goto(server.url);
      await page.click(`//a[contains(@href, "${eventId}")]`);
      await page.see(heading('Overview'));
      await startMinting(eventId, OFFLINE);
      await page.see(text(`${words(OFFLINE)} waiting`));
      await page.goto(`${server.url}/events/${eventId}/exports`);
      await page.click(button(`Check ${words(OFFLINE)} tickets`));
      const file = await download(() => save(OFFLINE));
      await server.restart();
      await expect.poll(() => batchOf(eventId)?.state, { timeout: 60_000 }).toBe('sealed');
      expectStored(batchOf(eventId), OFFLINE);
      expectTokens(csvTokens(file.content), batchOf(eventId), OFFLINE);
    });

    async function startMinting(eventId: string, tickets: number): Promise<void> {
      await page.goto(`${server.url}/events/${eventId}/tickets/mint`);
      await page.click(field('Ticket type'));
      await page.click(option('General'));
      await page.type(field('How many'), String(tickets));
      await page.click(button('Check'));
      // What the trial says moves the buttons.
      await page.see(text('measured here'));
      if (tickets > 5_000) await page.click(field(`Yes, ${words(tickets)} tickets`));
      await page.click(button(`Mint ${words(tickets)} tickets`));
    }

    /** Where the browser asks for a place, a download is a choice of its own. */
    async function save(tickets: number): Promise<void> {
      await page.click(button((await page.run(canPickFile)) ? 'Download' : `Save ${words(tickets)} tickets`));
    }

    /** On the server, each once, from serial 1, each signed by its batch. */
    function expectStored(batch: ServerBatch, tickets: number): void {
      const stored = serverTickets(databaseFile(), [batch.id]);
      const serials = stored.map(({ serial }) => serial).sort((left, right) => left - right);
      expect(serials).toEqual(Array.from({ length: tickets }, (_, index) => index + 1));
      const key = publicKeyOf(batch.publicKey);
      expect(stored.filter((ticket) => !isSignedBy(key, { ...ticket, typeIndex: batch.typeIndex }))).toEqual([]);
    }
  });
}
