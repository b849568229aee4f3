import type { Page, Route } from '@playwright/test';

/** Uploads of parts that wait for the test. */
export interface HeldUploads {
  /** Lets all of them through, and those to come. */
  release(): Promise<void>;
  /** Breaks the line under those that wait, and those to come. */
  fail(): Promise<void>;
}

/** Lets the first `parts` uploads through to the server, and holds all others. */
export async function holdUploads(page: Page, parts: number): Promise<HeldUploads> {
  let passing = parts;
  let isBroken = false;
  const held: Route[] = [];
  const takeHeld = () => held.splice(0);
  await page.context().route(/\/chunks\/\d+$/, async (route) => {
    if (route.request().method() !== 'PUT' || passing-- > 0) await route.continue();
    else if (isBroken) await route.abort('connectionfailed');
    else held.push(route);
  });
  return {
    async release() {
      passing = Number.POSITIVE_INFINITY;
      await Promise.all(takeHeld().map((route) => route.continue()));
    },
    async fail() {
      isBroken = true;
      await Promise.all(takeHeld().map((route) => route.abort('connectionfailed')));
    },
  };
}

/** From the mint page's first step to its run, by quantity; at most 5,000 tickets, which need no confirmation. */
export async function mintByQuantity(page: Page, eventId: string, count: number): Promise<void> {
  await page.goto(`/events/${eventId}/tickets/mint`);
  await page.getByLabel('How many').fill(String(count));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page
    .getByRole('button', { name: /^Mint / })
    .last()
    .click();
  await page.waitForURL(/\/mint\/[0-9a-f]{32}$/);
}
