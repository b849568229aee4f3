import type { Page } from '@playwright/test';
import { makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';

test.use({ actionTimeout: 15_000 });

test('the main job needs no pointer: minting with the keyboard alone', async ({ app, server }) => {
  const eventId = await makeEvent(server, ['General', 'VIP']);
  await app.goto(`/events/${eventId}/tickets`);
  await expect(app.getByRole('link', { name: 'Mint tickets' })).toBeVisible();
  // Shortcuts listen once the page has been painted.
  await expect(async () => {
    await app.keyboard.press('n');
    await expect(app).toHaveURL(/\/tickets\/mint$/, { timeout: 1_000 });
  }).toPass();
  await tabTo(app, 'Ticket type');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('option', { name: 'General' })).toBeVisible();
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
