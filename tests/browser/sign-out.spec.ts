import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import { openServer, PASSWORD } from '../server/server-fixture.ts';
import { makeEvent } from '../support/api.ts';
import { expect as baseExpect, test } from '../support/app-test.ts';
import { mint } from '../support/mint.ts';
import { ADMIN } from '../support/server.ts';
import { signIn } from '../support/sign-in.ts';
import { serverBatches } from '../support/stored-tickets.ts';

test.use({ breaksRequests: true });
/** Pages are loaded anew again and again. */
const expect = baseExpect.configure({ timeout: 20_000 });
test.setTimeout(120_000);

const CHUNKS = /\/chunks\//;
const SERVER = /\/(api|healthz)\b/;
/** As without a network, but for the application's own files, which a service worker would have. */
const cut = (page: Page) => page.context().route(SERVER, (route) => route.abort());
const mend = (page: Page) => page.context().unroute(SERVER);

async function pressSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account and appearance' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

/** What lies in the local database and the browser's own files, read past the program. */
const keptThings = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('ticketmint') ? [name] : []));
    let rows = 0;
    for (const name of names) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const counting = database.transaction(store).objectStore(store).count();
        await new Promise((resolve) => {
          counting.onsuccess = resolve;
        });
        rows += counting.result;
      }
      database.close();
    }
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return { rows, files };
  });

test('signing out tells what only this device has, and then clears it in all tabs', async ({
  page: app,
  server,
  browser,
}) => {
  const eventId = await makeEvent(server);
  // A session of its own, as it is ended.
  await app.goto('/sign-in');
  await signIn(app, ADMIN);
  await expect(app.getByRole('heading', { name: 'Events' })).toBeVisible();
  const other = await app.context().newPage();
  await other.goto(`/events/${eventId}`);
  await app.goto(`/events/${eventId}/tickets/mint`);
  await expect(app.getByRole('button', { name: 'Check', exact: true })).toBeVisible();
  await app.waitForLoadState('networkidle');

  await test.step('what is not uploaded is named, offline, and nothing is lost by a look', async () => {
    await cut(app);
    await mint(app, '1,000');
    await expect(app.getByRole('button', { name: /^Offline since .+ · 1,000 waiting/ })).toBeVisible();
    await pressSignOut(app);
    await expect(app.getByText('Only this device has these')).toBeVisible();
    await expect(app.getByText('The server cannot be reached.', { exact: false })).toBeVisible();
    await expect(app.getByRole('button', { name: 'Delete and sign out' })).toBeDisabled();
    await expect(app.getByLabel('Delete 1,000 tickets')).not.toBeChecked();
    await app.getByRole('button', { name: 'Stay signed in' }).click();
  });

  await test.step('it can be uploaded first', async () => {
    await app.context().route(CHUNKS, (route) => route.abort());
    await mend(app);
    await pressSignOut(app);
    await app.getByRole('button', { name: 'Upload first, then sign out' }).click();
    await expect(app.getByText('Uploading; it signs out by itself', { exact: false })).toBeVisible();
    await app.context().unroute(CHUNKS);
    for (const page of [app, other]) await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    const batches = serverBatches(join(server.dataFolder, 'ticketmint.sqlite')).filter(
      (one) => one.eventId === eventId,
    );
    expect(batches).toMatchObject([{ stored: 1_000 }]);
    expect(await keptThings(app)).toEqual({ rows: 0, files: [] });
  });

  await test.step('signing in in one tab is signing in in the others, as are language and colours', async () => {
    await signIn(app, ADMIN);
    for (const page of [app, other]) await expect(page.getByRole('heading', { name: 'Events' })).toBeVisible();
    await app.evaluate(() => {
      localStorage.setItem('ticketmint-language', 'hi');
      localStorage.setItem('mantine-color-scheme-value', 'dark');
    });
    await expect(other.locator('html')).toHaveAttribute('lang', 'hi');
    await expect(other.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await app.evaluate(() => localStorage.setItem('ticketmint-language', 'en'));
    await other.close();
  });

  await test.step('without the server this device is cleared at once, and the session ends at the next contact', async () => {
    const cookies = await app.context().cookies();
    const elsewhere = await browser.newContext({ baseURL: server.url });
    await elsewhere.addCookies(cookies);
    const isAlive = async () => (await (await elsewhere.request.get('/api/me')).json()) !== null;
    expect(await isAlive()).toBe(true);
    await cut(app);
    // The browser says so, as when a tablet leaves the network.
    await app.evaluate(() => dispatchEvent(new Event('offline')));
    await expect(app.getByRole('button', { name: /^(Reconnecting|Offline)/ })).toBeVisible();
    await pressSignOut(app);
    await app.getByRole('button', { name: 'Sign out and clear this device' }).click();
    await expect(app.getByText('You are signed out here.', { exact: false })).toBeVisible();
    await app.reload();
    await expect(app.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await mend(app);
    await expect.poll(isAlive, { timeout: 20_000 }).toBe(false);
    await expect(app.getByText('You are signed out here.', { exact: false })).toBeHidden();
    await elsewhere.close();
  });
});

test('another person who signs in neither sees nor sends up what somebody else made on the device', async ({
  browserName: _,
}) => {
  await using fixture = await openServer({}, { staticFolder: 'dist' });
  const eventId = await fixture.makeEvent();
  await fixture.cookieOf('coordinator');
  const baseURL = await fixture.server.listen();
  const browser = await chromium.launch(chromiumLaunchOptions());
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  const stored = async () => {
    const answer = await fixture.as('admin', 'GET', `/api/events/${eventId}/batches`);
    return ((await answer.json()) as { stored: number }[]).reduce((sum, batch) => sum + batch.stored, 0);
  };
  await page.goto(`/events/${eventId}/tickets/mint`);
  await signIn(page, { email: 'admin@example.org', password: PASSWORD });
  await context.route(CHUNKS, (route) => route.abort());
  await mint(page, '1,000');
  await expect(page.getByRole('progressbar', { name: 'Buffered on this device' })).toHaveAttribute(
    'aria-valuenow',
    '1000',
  );

  await context.clearCookies();
  await context.unroute(CHUNKS);
  await page.goto('/sign-in');
  await signIn(page, { email: 'coordinator@example.org', password: PASSWORD });
  await expect(page.getByRole('heading', { name: 'This device holds work of' })).toBeVisible();
  await expect(page.getByText('The server does not have 1,000 tickets yet.', { exact: false })).toBeVisible();
  expect(await stored()).toBe(0);
  await page.getByRole('button', { name: 'Let admin sign in' }).click();
  await signIn(page, { email: 'admin@example.org', password: PASSWORD });
  await expect.poll(stored).toBe(1_000);

  // What the server has all of is nobody's loss.
  await context.clearCookies();
  await page.goto('/sign-in');
  await signIn(page, { email: 'coordinator@example.org', password: PASSWORD });
  await expect(page.getByRole('heading', { name: 'Events' })).toBeVisible();
  expect((await keptThings(page)).rows).toBeLessThan(10);
  await browser.close();
});
