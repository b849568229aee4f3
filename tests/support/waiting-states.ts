import { expect, type Page, type Route } from '@playwright/test';
import { goTo } from './go-to.ts';
import type { PageState } from './page-states.ts';

const OWN_WORK = /\/corrections$/;
const TICKET = '/signed-in/events/$eventId/tickets/batches/$batchId/tickets/$serial';

/** What one sees while this device has work that the server lacks: the ways out. `path` is a ticket with a holder. */
export function waitingStates(path: string): readonly PageState[] {
  return [
    { route: TICKET, name: 'signing out offline, with work', path, prepare: signOutOffline },
    {
      route: TICKET,
      name: 'signing out with work',
      path,
      prepare: async (page) => {
        await withHeldWork(page);
        await askToSignOut(page);
        await page.getByRole('button', { name: 'Upload first, then sign out' }).waitFor();
      },
      finish: releaseWork,
    },
    {
      route: '/other-person',
      name: 'device of another person',
      path,
      prepare: async (page) => {
        await withHeldWork(page);
        await goTo(page, '/other-person');
        await page.getByLabel('Delete 1 correction').waitFor();
      },
      finish: releaseWork,
    },
  ];
}

async function signOutOffline(page: Page): Promise<void> {
  await correctOffline(page);
  await askToSignOut(page);
  await page.getByText('The server cannot be reached.', { exact: false }).waitFor();
}

async function correctOffline(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Correct Holder' }).click();
  await page.getByRole('textbox', { name: 'Holder' }).fill(`Guest ${Date.now()}`);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Save correction' }).click();
  await page.getByText('On this device, not yet on the server').first().waitFor();
}

async function askToSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account and appearance' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('Only this device has these').waitFor();
}

/** Work that is made, and does not reach the server, though it answers all else. */
async function withHeldWork(page: Page): Promise<void> {
  await correctOffline(page);
  await page.context().route(OWN_WORK, hold);
  await page.context().setOffline(false);
  await expect(page.getByRole('button', { name: /^Connected/ })).toBeVisible();
}

/** What is not let on waits until the route is given up. */
async function hold(route: Route): Promise<void> {
  if (route.request().method() === 'GET') await route.fallback();
}

/** Leaves the page first: it goes on by itself once nothing waits. */
async function releaseWork(page: Page): Promise<void> {
  await goTo(page, '/nowhere');
  await page.context().unroute(OWN_WORK, hold);
}
