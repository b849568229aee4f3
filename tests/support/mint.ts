import { expect, type Page } from '@playwright/test';

/** From the empty mint page to the press of its button; for the event's first type. @param count as it is shown: `1,000`. */
export async function mint(page: Page, count: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Ticket type' }).click();
  await page.getByRole('option').first().click();
  await page.getByLabel('How many').fill(count.replace(',', ''));
  await checkAndPress(page, count);
}

/** From the filled-in first step to the press of the button. @param count as it is shown. */
export async function checkAndPress(page: Page, count: string): Promise<void> {
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  const confirmation = page.getByLabel(`Yes, ${count} tickets`);
  const button = page.getByRole('button', { name: `Mint ${count} tickets` });
  await expect(button).toBeVisible();
  if (await confirmation.isVisible()) await confirmation.check();
  await button.click();
}
