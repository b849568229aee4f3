import type { Page } from '@playwright/test';
import { axeFaults, smallTargets, widerBy } from '../support/accessibility.ts';
import { expect, test } from '../support/app-test.ts';
import { goTo, isWhole } from '../support/go-to.ts';
import { type PageState, signedInStates, signedOutStates } from '../support/page-states.ts';
import { type SeededEvents, seedEvents } from '../support/seed-events.ts';

/*
 * Every page and every state of it, by one table: a route without an entry fails. A desktop in light colours and in forced
 * ones; a phone of 320 px in dark colours, which is what a window of 1280 px is at 400 % too.
 */
test.use({ actionTimeout: 15_000, breaksRequests: true });

let seeded: SeededEvents;
test.beforeAll(async ({ server }) => {
  seeded = await seedEvents(server);
});

/** What is used of the router, which it leaves on the page. */
interface PageRouter {
  readonly routesById: Readonly<
    Record<string, { readonly children?: unknown; readonly options: { component?: unknown } }>
  >;
}
declare const __TSR_ROUTER__: PageRouter;

test('no page is left out', async ({ app }) => {
  await app.goto('/events');
  // The application comes after the page's first words.
  await app.waitForFunction(() => '__TSR_ROUTER__' in globalThis);
  const routes = await app.evaluate(() =>
    Object.entries(__TSR_ROUTER__.routesById).flatMap(([id, { children, options }]) =>
      children === undefined && options.component !== undefined ? [id] : [],
    ),
  );
  const walked = new Set([...signedOutStates(), ...signedInStates(seeded)].map(({ route }) => route));
  expect(routes.filter((route) => !walked.has(route))).toEqual([]);
});

test('every page on a desktop meets WCAG 2.2 AA, as far as axe can tell', async ({ app, context }) => {
  test.setTimeout(240_000);
  await app.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await app.setViewportSize({ width: 1_440, height: 900 });
  const faults: string[] = [];
  for (const state of signedInStates(seeded)) {
    await show(app, state);
    faults.push(...(await axeFaults(app)).map((fault) => `${state.name}: ${fault}`));
    await state.finish?.(app);
    await context.setOffline(false);
  }
  expect(faults).toEqual([]);
});

test('every page on a phone does so, scrolls one way, and has targets of 44 px', async ({ app, context }) => {
  test.setTimeout(240_000);
  await app.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await app.setViewportSize({ width: 320, height: 720 });
  await beTouched(app);
  const faults: string[] = [];
  for (const state of signedInStates(seeded)) {
    await show(app, state);
    const found = [...(await axeFaults(app)), ...(await smallTargets(app))];
    const wider = await widerBy(app);
    if (wider > 0) found.push(`${wider} px too wide`);
    faults.push(...found.map((fault) => `${state.name}: ${fault}`));
    await state.finish?.(app);
    await context.setOffline(false);
  }
  expect(faults).toEqual([]);
});

test('signing in and setting up are as accessible, on both', async ({ page }) => {
  const faults: string[] = [];
  await beTouched(page);
  for (const [colorScheme, width] of [
    ['light', 1_440],
    ['dark', 320],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 720 });
    for (const { name, path, prepare } of signedOutStates()) {
      await page.goto('/nowhere');
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await prepare?.(page);
      const found = [...(await axeFaults(page)), ...(await smallTargets(page))];
      const wider = await widerBy(page);
      if (wider > 0) found.push(`${wider} px too wide`);
      faults.push(...found.map((fault) => `${name}, ${colorScheme}: ${fault}`));
    }
  }
  expect(faults).toEqual([]);
});

/** Goes there without loading the application anew, and waits until all of it is there. */
async function show(page: Page, { path, prepare }: PageState): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/nowhere');
  // What another state has opened or filled in is gone with it: a dialog of the frame stays from page to page.
  else await goTo(page, '/nowhere');
  await goTo(page, path);
  await prepare?.(page);
  await isWhole(page);
}

/** From now on the page is on a screen that is touched: its pointer is coarse, and nothing hovers. */
async function beTouched(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
}
