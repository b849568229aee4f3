import type { Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { chunkRequest, mintBatch } from '../support/minted-batch.ts';
import { type SeededEvents, seedEvents } from '../support/seed-events.ts';
import type { TestServer } from '../support/server.ts';
import { signIn } from '../support/sign-in.ts';

let seeded: SeededEvents;
test.beforeAll(async ({ server }) => {
  seeded = await seedEvents(server);
});

for (const [device, width] of [
  ['a desktop', 1_440],
  ['a phone', 390],
] as const)
  test(`an event’s pages have one navigation, by its name, on ${device}`, async ({ app }) => {
    await app.setViewportSize({ width, height: 844 });
    await app.goto(`/events/${seeded.eventId}/tickets`);
    await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(app.getByRole('navigation')).toHaveCount(1);
    const event = app.getByRole('navigation', { name: 'Event', exact: true });
    await expect(event.getByRole('link')).toHaveText(['Overview', 'Tickets', 'Exports', 'Gates', 'Settings']);
    await app.goto('/events');
    await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(app.getByRole('navigation')).toHaveCount(0);
  });

test('a batch of 1,000,000 scrolls from end to end within its frames, and opens its last ticket', async ({
  app,
  server,
}) => {
  const id = await declareMillion(server, seeded.eventId);
  await app.goto(`/events/${seeded.eventId}/tickets/batches/${id}/tickets`);
  const list = app.getByRole('grid', { name: 'Tickets' });
  await expect(list.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/).first()).toBeVisible();
  await app.waitForLoadState('networkidle');
  const frames = 120;
  const cpuMs = await cpuOf(app, () =>
    list.evaluate(async (grid, count) => {
      for (let frame = 0; frame <= count; frame++) {
        grid.scrollTop = (frame / count) * grid.scrollHeight;
        await new Promise(requestAnimationFrame);
      }
    }, frames),
  );
  expect(cpuMs / frames).toBeLessThan(16);
  const last = list.getByRole('row').last();
  await expect(last).toHaveAttribute('aria-rowindex', '1000000');
  await expect(last.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)).toBeVisible();
  await list.press('End');
  await list.press('Enter');
  await expect(app.getByText('Genuine: checked here with the batch’s key')).toBeVisible();
  await app.goBack();
  await expect(list.getByRole('row').last()).toHaveAttribute('aria-rowindex', '1000000');
});

/** What the page's thread computed meanwhile, in ms: other than a clock, it does not count what other programs do. */
async function cpuOf(page: Page, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const before = await taskMs();
  await work();
  return (await taskMs()) - before;
}

/** Declared whole; only its first and last tickets are there, as the list reads no others. */
async function declareMillion(server: TestServer, eventId: string): Promise<string> {
  const batch = await mintBatch({ eventId, typeIndex: 4, count: 1_000_000, chunkSize: 5_000 });
  const path = `/api/events/${eventId}/batches/${batch.id}`;
  const headers = { 'Content-Type': 'application/json' };
  await server.fetch(path, { method: 'PUT', headers, body: JSON.stringify(batch.manifest) });
  for (const seq of [0, 1, batch.chunks - 2, batch.chunks - 1])
    await server.fetch(`${path}/chunks/${seq}`, chunkRequest(await batch.chunk(seq)));
  return batch.id;
}

test.describe('without a session', () => {
  // What was asked for beside who is signed in is refused, and Chromium notes it.
  test.use({ breaksRequests: true });

  test('a session that ends asks to sign in, and brings one back', async ({ app, context }) => {
    const path = `/events/${seeded.eventId}/tickets/batches/${seeded.namedBatchId}`;
    await app.goto(path);
    await expect(app.getByRole('heading', { level: 1 })).toContainText('VIP');
    await context.clearCookies();
    await app.reload();
    await expect(app.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await signIn(app);
    await expect(app).toHaveURL(new RegExp(`${path}$`));
  });
});

test('the keys do what their list says', async ({ app }) => {
  await app.goto(`/events/${seeded.eventId}/tickets`);
  await expect(app.getByRole('link', { name: 'Mint tickets' })).toBeVisible();
  await app.keyboard.press('/');
  await expect(app.getByRole('searchbox', { name: 'Find a ticket' })).toBeFocused();
  await app.getByRole('searchbox', { name: 'Find a ticket' }).blur();
  await app.keyboard.press('?');
  await expect(app.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog')).toHaveCount(0);
  await app.keyboard.press('n');
  await expect(app).toHaveURL(/\/tickets\/mint$/);
});

test('a ticket is found by its code, corrected, revoked and brought back', async ({ app }) => {
  const batch = `/events/${seeded.eventId}/tickets/batches/${seeded.namedBatchId}`;
  await app.goto(`${batch}/tickets/9`);
  const code = await app.getByRole('button', { name: 'Copy short code' }).locator('code').innerText();
  await app.goto(`/events/${seeded.eventId}/tickets`);
  await app.getByRole('searchbox', { name: 'Find a ticket' }).fill(code.trim().toLowerCase());
  const found = app.getByRole('grid', { name: 'Tickets found' }).getByRole('row');
  await expect(found).toHaveCount(1);
  await found.getByRole('link').click();
  await expect(app).toHaveURL(new RegExp(`${batch}/tickets/9$`));
  await app.getByRole('button', { name: 'Correct Holder' }).click();
  await app.getByRole('textbox', { name: 'Holder' }).fill('Ada Lovelace');
  await app.getByRole('button', { name: 'Save correction' }).click();
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Ada Lovelace');
  await app.getByLabel('Reason').fill('Refunded');
  await app.getByRole('button', { name: 'Revoke ticket 9' }).click();
  await expect(app.getByText('Gates refuse this ticket')).toBeVisible();
  await app.getByRole('button', { name: 'Take back for 1 ticket' }).click();
  await expect(app.getByText('Valid', { exact: true })).toBeVisible();
});
