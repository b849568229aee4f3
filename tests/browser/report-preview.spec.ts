import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { makeTickets } from '../support/export-tickets.ts';

test.use({ actionTimeout: 15_000 });

const preview = (page: Page): Locator => page.getByRole('region', { name: 'Preview' });
const summary = (page: Page): Locator =>
  preview(page).getByRole('img', { name: 'The report’s first page: its summary' });

async function openReport(page: Page, eventId: string): Promise<void> {
  await page.goto(`/events/${eventId}/exports`);
  await page.getByRole('checkbox', { name: /^Report \(PDF\)/ }).check();
  await page.getByRole('checkbox', { name: /^CSV/ }).uncheck();
}

/** Whether it is drawn, and how high it is for its width. */
const proportions = (image: Locator) =>
  image.evaluate(({ naturalWidth, naturalHeight }: HTMLImageElement) => naturalHeight / naturalWidth);

test('a report is previewed by the pages that it will have, and follows its options', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await openReport(app, eventId);
  await expect(summary(app)).toBeVisible();
  await expect(preview(app)).toContainText(/(One page|\d pages), drawn here from all 1,200 tickets/);
  await expect.poll(() => proportions(summary(app))).toBeCloseTo(297 / 210, 2);

  await app.getByRole('button', { name: 'Report (PDF): as usual' }).click();
  await app.getByRole('combobox', { name: 'Paper' }).click();
  await app.getByRole('option', { name: 'Letter' }).click();
  await expect.poll(() => proportions(summary(app))).toBeCloseTo(11 / 8.5, 2);
  await app
    .getByRole('switch', { name: 'All tickets' })
    .or(app.getByRole('checkbox', { name: 'All tickets' }))
    .check();
  await expect(preview(app).getByRole('img', { name: /where the table of all tickets begins$/ })).toBeVisible();
  await expect(preview(app)).toContainText('Several pages, drawn here from all 1,200 tickets');
});

test('a report of no ticket has no page, and the preview says so', async ({ app, server }) => {
  const { eventId } = await makeTickets(server);
  await openReport(app, eventId);
  await expect(summary(app)).toBeVisible();
  await app.getByRole('button', { name: /^Which tickets/ }).click();
  await app.getByRole('button', { name: 'Add a condition' }).click();
  await app.getByRole('menuitem', { name: 'Text', exact: true }).click();
  await app.getByLabel('Holds').fill('nobody at all');
  await expect(preview(app)).toContainText('No ticket meets the conditions.');
  await expect(preview(app).getByRole('img')).toHaveCount(0);
});
