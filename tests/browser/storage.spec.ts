import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeEvent } from '../support/api.ts';
import { addSession, expect as expectSoon, test } from '../support/app-test.ts';
import { holdUploads, mintByQuantity } from '../support/held-uploads.ts';
import { faultsOf } from '../support/page-faults.ts';
import { serverBatches } from '../support/stored-tickets.ts';

test.use({ actionTimeout: 15_000, breaksRequests: true });
test.setTimeout(180_000);
// On a busy machine a key takes seconds to be made, and a run longer.
const expect = expectSoon.configure({ timeout: 30_000 });

test.beforeEach(async ({ context }) => {
  // Files come as downloads, which a test can read.
  await context.addInitScript(() => Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined }));
});

const PASSPHRASE = 'quiet gate, long queue';

test('a device’s tickets go to another one in an encrypted file, and up from there', async ({
  app,
  browser,
  server,
}, testInfo) => {
  const eventId = await makeEvent(server);
  const stored = () =>
    serverBatches(join(server.dataFolder, 'ticketmint.sqlite'))
      .filter((batch) => batch.eventId === eventId)
      .reduce((sum, batch) => sum + batch.stored, 0);
  const faults: string[] = [];
  await holdUploads(app, 1);
  await mintByQuantity(app, eventId, 2_000);
  await expect(app.getByText('500 of 2,000', { exact: true })).toBeVisible();
  await app.goto(`/events/${eventId}/settings/storage`);
  await expect(app.getByText(/1,500 tickets that are not on the server yet/)).toBeVisible();
  await app.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save everything to a file' }).click();
  const file = testInfo.outputPath('all.ticketmint');
  await (await downloading).saveAs(file);
  await expect(app.getByText(/^2,000 tickets, /)).toBeVisible();
  faults.push(...(await faultsOf(app, 'saved')));
  // From here on the first device is out of reach.
  await app.close();

  const other = await browser.newContext({ baseURL: server.url, serviceWorkers: 'block' });
  const page = await other.newPage();
  await addSession(page, server);
  await page.goto(`/events/${eventId}/settings/storage`);
  await expect(
    page.getByText(/^This browser does not let Ticketmint itself be kept here, as in a private window/),
  ).toBeVisible();
  await page.getByLabel('Workspace file').setInputFiles(file);
  await page.getByLabel('Its passphrase').fill('quiet gate, long line');
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByText(/^This is not the passphrase of this file/)).toBeVisible();
  await page.getByLabel('Its passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByText(/^1,500 tickets of them were not on the server/)).toBeVisible();
  faults.push(...(await faultsOf(page, 'checked')));
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(page.getByText('The file is brought in')).toBeVisible();
  await expect.poll(stored).toBe(2_000);
  await page.getByRole('button', { name: 'Free 2,000 tickets here' }).click();
  await expect(page.getByText('No tickets that could be freed')).toBeVisible();
  await other.close();
  expect(faults).toEqual([]);
});

test('a store that is gone is told with what the server has of it', async ({ app, server }) => {
  const eventId = await makeEvent(server);
  await holdUploads(app, 1);
  await mintByQuantity(app, eventId, 2_000);
  await expect(app.getByText('500 of 2,000', { exact: true })).toBeVisible();
  // A page of the same site that is not the application.
  await app.goto('/healthz');
  await deleteStore(app);
  await app.goto(`/events/${eventId}/settings/storage`);
  const alert = app.getByRole('alert').filter({ hasText: 'lost what Ticketmint kept' });
  await expect(alert).toContainText('The server has 500 of 2,000');
  await expect(alert).toContainText('1,500 never arrived there');
  expect(await faultsOf(app, 'lost')).toEqual([]);
  await alert.getByRole('link', { name: 'See what is missing' }).click();
  await expect(app.getByText('This device lost 1,500 tickets of batch')).toBeVisible();
  await alert.getByRole('button', { name: 'I have read this' }).click();
  await expect(alert).toBeHidden();
});

function deleteStore(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('ticketmint');
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(deleting.error);
      }),
  );
}
