import type { Page } from '@playwright/test';
import { makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';

// No trace: recording it takes the page's own time.
test.use({ actionTimeout: 15_000, trace: 'off' });

const TICKETS = 100_000;
const LONG_TASK_MS = 50;
/**
 * A test machine with two cores runs server, signing and page at once, and the system may take the page's thread away in
 * the middle of a short task. So a run may have this many longer tasks, none longer than that.
 */
const TOLERATED = { count: 3, ms: 120 };

test(`a run of ${TICKETS} tickets leaves the page responsive: no task over ${LONG_TASK_MS} ms of ours`, async ({
  app,
  server,
}) => {
  test.setTimeout(180_000);
  const eventId = await makeEvent(server);
  await app.goto(`/events/${eventId}/tickets/mint`);
  await chooseQuantity(app, TICKETS);
  await app.getByLabel('Yes, 100,000 tickets').check();
  await app.getByRole('button', { name: 'Mint 100,000 tickets' }).click();
  await expect(app).toHaveURL(/\/mint\/[0-9a-f]{32}$/);
  await watchLongTasks(app);
  await expect(app.getByText('All 100,000 tickets are on the server.')).toBeVisible({ timeout: 120_000 });
  const tasks = await app.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  const over = tasks.filter((ms) => ms > LONG_TASK_MS);
  test.info().annotations.push({ type: 'tasks over 50 ms', description: over.map(Math.round).join(', ') || 'none' });
  expect(over.length, `${over}`).toBeLessThanOrEqual(TOLERATED.count);
  expect(Math.max(0, ...over)).toBeLessThanOrEqual(TOLERATED.ms);
});

async function chooseQuantity(page: Page, count: number): Promise<void> {
  const type = page.getByRole('combobox', { name: 'Ticket type' });
  if ((await type.inputValue()) === '') {
    await type.click();
    await page.getByRole('option', { name: 'General' }).click();
  }
  await page.getByLabel('How many').fill(String(count));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

/** From now on, in `window.longTasks`: how long each took, ms. */
async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const longTasks: number[] = [];
    Object.assign(window, { longTasks });
    new PerformanceObserver((found) => {
      for (const { duration } of found.getEntries()) longTasks.push(duration);
    }).observe({ entryTypes: ['longtask'] });
  });
}

test('the main job needs no pointer: minting with the keyboard alone', async ({ app, server }) => {
  const eventId = await makeEvent(server, ['General', 'VIP']);
  await app.goto(`/events/${eventId}/tickets`);
  await expect(app.getByRole('link', { name: 'Mint tickets' })).toBeVisible();
  await app.keyboard.press('n');
  await tabTo(app, 'Ticket type');
  await app.keyboard.press('Enter');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('combobox', { name: 'Ticket type' })).not.toHaveValue('');
  await tabTo(app, 'How many');
  await app.keyboard.type('6000');
  // Enter submits the form from its fields.
  await app.keyboard.press('Enter');
  await expect(app.getByRole('heading', { name: 'Check' })).toBeFocused();
  await tabTo(app, 'Yes, 6,000 tickets');
  await app.keyboard.press('Space');
  await tabTo(app, 'Mint 6,000 tickets');
  await app.keyboard.press('Enter');
  await expect(app.getByText('All 6,000 tickets are on the server.')).toBeVisible({ timeout: 30_000 });
});

/** Presses Tab until the focus is on what bears this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByLabel(name, { exact: true }).or(page.getByRole('button', { name, exact: true }));
  await expect(target.first()).toBeVisible({ timeout: 15_000 });
  for (let presses = 0; presses < 40; presses++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`expected “${name}” within 40 presses of Tab`);
}
