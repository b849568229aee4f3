import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { callApi, makeEvent } from '../support/api.ts';
import { test as base, expect } from '../support/app-test.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { seededRandom } from '../support/random.ts';
import { ADMIN, type TestServer } from '../support/server.ts';
import { type ServerBatch, serverBatches, serverTickets } from '../support/stored-tickets.ts';

/** Tests of a run under way: over a line that is slow enough to press buttons meanwhile. */
const test = base.extend<{ line: TestProxy; eventId: string }>({
  line: async ({ server }, use) => {
    const targetPort = Number(new URL(server.url).port);
    const line = await startProxy({ targetPort: () => targetPort, random: seededRandom('run') });
    await use(line);
    await line.close();
  },
  baseURL: ({ line }, use) => use(`http://127.0.0.1:${line.port}`),
  eventId: async ({ server }, use) => use(await makeEvent(server)),
});
test.use({ actionTimeout: 15_000, breaksRequests: true });

const COUNT = 20_000;

/** Starts a run that takes seconds, and waits until its first tickets are on the server. */
async function startRun(app: Page, line: TestProxy, eventId: string): Promise<void> {
  await app.goto(`/events/${eventId}/tickets/mint`);
  const type = app.getByRole('combobox', { name: 'Ticket type' });
  if ((await type.inputValue()) === '') {
    await type.click();
    await app.getByRole('option', { name: 'General' }).click();
  }
  await app.getByLabel('How many').fill(String(COUNT));
  await app.getByRole('button', { name: 'Check', exact: true }).click();
  await app.getByLabel('Yes, 20,000 tickets').check();
  line.set([{ kind: 'latency', ms: 300 }]);
  await app.getByRole('button', { name: 'Mint 20,000 tickets' }).click();
  await expect(uploadBar(app)).not.toHaveAttribute('aria-valuetext', /^0 of/, { timeout: 15_000 });
}

const uploadBar = (app: Page) => app.getByRole('progressbar', { name: 'Tickets on the server' });
const done = (app: Page) =>
  expect(app.getByText('All 20,000 tickets are on the server.')).toBeVisible({ timeout: 60_000 });

/** The event's only batch, and that its tickets are each there once. */
function batchOf(server: TestServer, eventId: string): ServerBatch {
  const file = join(server.dataFolder, 'ticketmint.sqlite');
  const [batch, ...others] = serverBatches(file).filter((one) => one.eventId === eventId);
  if (batch === undefined || others.length > 0) throw new Error(`expected one batch, got ${others.length}`);
  const ids = serverTickets(file, [batch.id]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(batch.stored);
  return batch;
}

test('a paused run stands still, and goes on to exactly its tickets', async ({ app, line, eventId, server }) => {
  await startRun(app, line, eventId);
  await app.getByRole('button', { name: 'Pause' }).click();
  await expect(app.getByRole('button', { name: 'Resume' })).toBeVisible();
  // What was under way when it was pressed still arrives.
  await app.waitForTimeout(1_500);
  const { stored } = batchOf(server, eventId);
  expect(stored).toBeLessThan(COUNT);
  await app.waitForTimeout(1_000);
  expect(batchOf(server, eventId).stored).toBe(stored);
  line.set([]);
  await app.getByRole('button', { name: 'Resume' }).click();
  await done(app);
  expect(batchOf(server, eventId)).toMatchObject({ stored: COUNT, state: 'sealed', sealReason: 'complete' });
});

test('a cancelled run keeps what is on the server and revokes the rest', async ({ app, line, eventId, server }) => {
  await startRun(app, line, eventId);
  await app.getByRole('button', { name: 'Cancel run' }).click();
  await app
    .getByRole('dialog')
    .getByRole('button', { name: /^Give up/ })
    .click();
  await expect(app.getByText('were given up; no gate lets them in', { exact: false })).toBeVisible({ timeout: 30_000 });
  const batch = batchOf(server, eventId);
  expect(batch).toMatchObject({ state: 'sealed', sealReason: 'cancelled' });
  expect(batch.stored).toBeGreaterThan(0);
  await expect(app.getByText(`${batch.stored.toLocaleString('en')} tickets on the server stay valid`)).toBeVisible();
  const { stored, revoked } = (await callApi(
    server,
    'GET',
    `/events/${eventId}/batches/${batch.id}`,
  )) as ServerBatch & {
    revoked: number;
  };
  expect(stored + revoked).toBe(COUNT);
});

test('closing the page with tickets that are not uploaded warns', async ({ app, line, eventId }) => {
  await startRun(app, line, eventId);
  const warning = app.waitForEvent('dialog');
  await app.close({ runBeforeUnload: true });
  const dialog = await warning;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  line.set([]);
  await done(app);
});

test('a run goes on after a reload, without a press', async ({ app, line, eventId, server }) => {
  await startRun(app, line, eventId);
  app.on('dialog', (dialog) => void dialog.accept());
  await app.reload();
  line.set([]);
  await done(app);
  expect(batchOf(server, eventId)).toMatchObject({ stored: COUNT, sealReason: 'complete' });
});

test('a run whose session ended says so, and goes on after signing in', async ({
  app,
  line,
  eventId,
  context,
  server,
}) => {
  await startRun(app, line, eventId);
  await context.clearCookies();
  await expect(app.getByText('You are signed out.')).toBeVisible({ timeout: 15_000 });
  await app.getByRole('alert').getByRole('link', { name: 'Sign in' }).click();
  await app.getByLabel('E-mail').fill(ADMIN.email);
  await app.getByRole('textbox', { name: 'Password' }).fill(ADMIN.password);
  line.set([]);
  await app.getByRole('button', { name: 'Sign in' }).click();
  await done(app);
  expect(batchOf(server, eventId)).toMatchObject({ stored: COUNT, sealReason: 'complete' });
});

test('a run goes on when the server comes back', async ({ app, line, eventId, server }) => {
  await startRun(app, line, eventId);
  await server.kill();
  await expect(app.getByText(/is sent again/)).toBeVisible({ timeout: 15_000 });
  await server.restart();
  line.set([]);
  await done(app);
  expect(batchOf(server, eventId)).toMatchObject({ stored: COUNT, sealReason: 'complete' });
});
