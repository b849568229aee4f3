import type { Page } from '@playwright/test';
import { makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { type SeededEvents, seedEvents } from '../support/seed-events.ts';

test.use({ actionTimeout: 15_000 });

let seeded: SeededEvents;
test.beforeAll(async ({ server }) => {
  seeded = await seedEvents(server);
});

const check = (page: Page, tickets: string) => page.getByRole('button', { name: `Check ${tickets} tickets` });
/** What is chosen, or a note that the link is not right. */
const chosen = (page: Page) => page.getByRole('radio', { name: 'Some batches' });
const note = (page: Page) => page.getByText(/^The link names .+ not known in this event$/);

test('a batch’s page and its row in the list lead to the form with the batch chosen', async ({ app }) => {
  const { eventId, namedBatchId } = seeded;
  await app.goto(`/events/${eventId}/tickets/batches/${namedBatchId}`);
  await app.getByRole('link', { name: 'Export…' }).click();
  await expect(app).toHaveURL(new RegExp(`/exports\\?batch=${namedBatchId}$`));
  await expect(check(app, '1,200')).toBeEnabled();
  await expect(chosen(app)).toBeChecked();
  await expect(app.getByRole('heading', { name: 'New export' })).toBeFocused();
  // Before what would save all tickets in one press.
  await expect(app.getByRole('heading', { level: 2 }).first()).toHaveText('New export');
  await app.goBack();
  await expect(app.getByRole('link', { name: 'Open tickets' })).toBeVisible();
  await app.goto(`/events/${eventId}/tickets`);
  await app.getByRole('link', { name: 'Export… 10,000 × General' }).click();
  await expect(check(app, '10,000')).toBeEnabled();
  await expect(chosen(app)).toBeChecked();
});

test('the address follows the form, and the form the address', async ({ app }) => {
  const { eventId, namedBatchId } = seeded;
  await app.goto(`/events/${eventId}/exports?batch=${namedBatchId}`);
  await expect(check(app, '1,200')).toBeEnabled();
  await app.getByRole('checkbox', { name: /^JSON/ }).check();
  await app.getByText('All tickets', { exact: true }).click();
  await expect(app).toHaveURL(/\/exports$/);
  await expect(check(app, '1,200')).toBeHidden();
  await app.getByText('Some batches', { exact: true }).click();
  await app.getByRole('combobox', { name: 'Batches' }).click();
  await app.getByRole('option', { name: /^10,000 × General/ }).click();
  await expect(check(app, '10,000')).toBeEnabled();
  await expect(app).not.toHaveURL(new RegExp(namedBatchId));
  await app.reload();
  await expect(check(app, '10,000')).toBeEnabled();
  await app.getByRole('link', { name: 'Exports' }).click();
  await expect(app.getByRole('radio', { name: 'All tickets' })).toBeChecked();
  await app.goBack();
  await expect(check(app, '10,000')).toBeEnabled();
});

test('a batch that is unknown, or of another event, is said so, and all tickets are chosen', async ({
  app,
  server,
}) => {
  const { eventId, namedBatchId } = seeded;
  for (const unknown of ['0123456789abcdef0123456789abcdef', '7', '%5B%22a%22%2C%22b%22%5D', '']) {
    await app.goto(`/events/${eventId}/exports?batch=${unknown}`);
    await expect(note(app), unknown).toBeVisible();
    await expect(app.getByText('All tickets are chosen instead.')).toBeVisible();
    await expect(app.getByRole('radio', { name: 'All tickets' })).toBeChecked();
    await expect(app.getByRole('alert')).toHaveCount(0);
  }
  await app.goto(`/events/${eventId}/exports?batch=${JSON.stringify([namedBatchId, 'elsewhere'])}`);
  await expect(note(app)).toBeVisible();
  await expect(check(app, '1,200')).toBeEnabled();
  // The choice is the person's own from here on, and the note is gone.
  await app.getByText('All tickets', { exact: true }).click();
  await expect(note(app)).toBeHidden();

  const foreign = await makeEvent(server);
  await app.goto(`/events/${foreign}/exports?batch=${namedBatchId}`);
  await expect(note(app)).toBeVisible();
  await expect(app.getByText('There is nothing to save.')).toBeVisible();
});
