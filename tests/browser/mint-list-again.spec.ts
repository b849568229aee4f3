import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { decode } from 'cborg';
import { makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { holdUploads } from '../support/held-uploads.ts';
import { serverBatches } from '../support/stored-tickets.ts';

// Uploads break, and Chromium writes each of them into the console.
test.use({ actionTimeout: 15_000, breaksRequests: true });

const PEOPLE = 5_000;
/** Of ten of 500 tickets: eight of one type, two of the other. */
const CHUNKS_UPLOADED = 4;
const UPLOADED = 2_000;

const LIST = [
  'name,e-mail,reference,ticket type',
  ...Array.from({ length: PEOPLE }, (_, index) =>
    [`Guest ${index}`, `guest${index}@example.org`, `R-${index}`, index % 5 === 0 ? 'VIP' : 'General'].join(','),
  ),
].join('\n');

test('a list that was lost at 40 % is imported again, and everyone has exactly one ticket', async ({ app, server }) => {
  test.setTimeout(120_000);
  const eventId = await makeEvent(server, ['General', 'VIP']);
  const databaseFile = join(server.dataFolder, 'ticketmint.sqlite');
  const stored = () =>
    serverBatches(databaseFile)
      .filter((batch) => batch.eventId === eventId)
      .reduce((sum, batch) => sum + batch.stored, 0);
  app.on('dialog', (dialog) => void dialog.accept());

  const uploads = await holdUploads(app, CHUNKS_UPLOADED);
  await test.step('40 % of the list reach the server', async () => {
    await app.goto(`/events/${eventId}/tickets/mint?by=list`);
    await chooseList(app);
    await expect(app.getByText('5,000 rows give a ticket each.')).toBeVisible();
    await app.getByRole('button', { name: 'Check', exact: true }).click();
    await app.getByRole('button', { name: 'Mint 5,000 tickets' }).click();
    await expect.poll(stored, { timeout: 30_000 }).toBe(UPLOADED);
    // A run that is paused sends nothing more, not even while its page is being taken down.
    await app.getByRole('button', { name: 'Pause' }).click();
    await expect(app.getByRole('button', { name: 'Resume' })).toBeVisible();
    await uploads.fail();
    await app.waitForTimeout(1_000);
  });

  await test.step('the browser’s storage is wiped', async () => {
    await app.goto('about:blank');
    const devtools = await app.context().newCDPSession(app);
    const storageTypes = 'indexeddb,local_storage,cache_storage,file_systems,service_workers';
    await devtools.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes });
    expect(stored()).toBe(UPLOADED);
  });

  await test.step('the next visit says so, and seals what is lost', async () => {
    await app.goto(`/events/${eventId}/tickets`);
    const seal = app.getByRole('button', { name: 'Seal the batch' });
    await expect(app.getByText('and this device has nothing of it').first()).toBeVisible();
    for (let left = await seal.count(); left > 0; left--) {
      // The server heard of it just now, so a person has to say that nobody is minting it.
      await expect(seal.first()).toBeDisabled();
      await app.getByLabel('No other device is minting this batch any more').first().check();
      await seal.first().click();
      await expect(seal).toHaveCount(left - 1);
    }
    await expect(app.getByText('is sealed').first()).toBeVisible();
  });

  await test.step('importing the list again mints who is missing', async () => {
    // Of a batch of which nothing had arrived, only people know that it came from a list.
    await app
      .getByRole('link', { name: /Import the list again|Mint the rest/ })
      .first()
      .click();
    await expect(app.getByRole('radio', { name: 'An attendee list' })).toBeChecked();
    await chooseList(app);
    await expect(
      app.getByText('3,000 rows give a ticket each, 2,000 left out (2,000 people have a ticket).'),
    ).toBeVisible();
    await app.getByRole('button', { name: 'Show rows left out (2,000)' }).click();
    await expect(
      app.getByRole('cell', { name: /^Already has a ticket \(batch [0-9a-f]{12}, serial/ }).first(),
    ).toBeVisible();
    await uploads.release();
    await app.getByRole('button', { name: 'Check', exact: true }).click();
    await app.getByRole('button', { name: 'Mint 3,000 tickets' }).click();
    await expect(app.getByText('All 3,000 tickets are on the server.')).toBeVisible({ timeout: 30_000 });
  });

  expect(referencesOf(databaseFile, eventId)).toEqual(
    Array.from({ length: PEOPLE }, (_, index) => `R-${index}`).sort(),
  );

  await test.step('a third import finds nobody', async () => {
    await app.goto(`/events/${eventId}/tickets/mint?by=list`);
    await chooseList(app);
    await expect(app.getByText('Everyone who could get a ticket has one')).toBeVisible();
    await app.getByLabel('Leave out people who already have a ticket').uncheck();
    await expect(app.getByText('5,000 rows give a ticket each.')).toBeVisible();
  });
});

test('people of a list that is still being minted here are left out, also without the network', async ({
  app,
  server,
}) => {
  const eventId = await makeEvent(server, ['General', 'VIP']);
  app.on('dialog', (dialog) => void dialog.accept());
  await holdUploads(app, 0);
  await app.goto(`/events/${eventId}/tickets/mint?by=list`);
  await chooseList(app);
  await app.getByRole('button', { name: 'Check', exact: true }).click();
  await app.getByRole('button', { name: 'Mint 5,000 tickets' }).click();
  await expect(app).toHaveURL(/mint\/[0-9a-f]{32}$/);
  await app.goto(`/events/${eventId}/tickets/mint?by=list`);
  await chooseList(app);
  await expect(app.getByText('with 5,000 tickets of this event.')).toBeVisible();
  await app.context().setOffline(true);
  await chooseList(app);
  await expect(app.getByText('with 5,000 tickets on this device. The server could not be asked')).toBeVisible();
  await expect(app.getByText('Everyone who could get a ticket has one')).toBeVisible();
});

async function chooseList(page: Page): Promise<void> {
  const file = { name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) };
  await page.getByLabel('Attendee list', { exact: true }).setInputFiles(file);
}

/** The references on the event's tickets in the server's file, sorted. Sealing revokes only what never came here. */
function referencesOf(databaseFile: string, eventId: string): string[] {
  const database = new DatabaseSync(databaseFile, { readOnly: true });
  const rows = database
    .prepare('SELECT body FROM chunk JOIN batch ON batch.id = batch_id WHERE event_id = ?')
    .all(eventId) as unknown as { body: Uint8Array }[];
  database.close();
  return rows.flatMap(({ body }) => (decode(body) as { fields: { ref: string[] } }).fields.ref).sort();
}
