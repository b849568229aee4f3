import type { Page } from '@playwright/test';
import { ADMIN } from './server.ts';

/** Fills in the sign-in page that is shown, and presses its button; what comes then is for the caller to see. */
export async function signIn(page: Page, { email, password } = ADMIN): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
