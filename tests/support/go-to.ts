import type { Page } from '@playwright/test';

/** What is used of the router, which it leaves on the page. */
interface PageRouter {
  readonly state: { readonly status: string };
  readonly history: { push(path: string): void };
}
declare const __TSR_ROUTER__: PageRouter;

/** Goes to another page of the application without loading it anew, and waits until all of it is there. */
export async function goTo(page: Page, path: string): Promise<void> {
  // The application comes after the page's first words.
  await page.waitForFunction(() => '__TSR_ROUTER__' in globalThis);
  await page.evaluate((to) => __TSR_ROUTER__.history.push(to), path);
  await isWhole(page);
}

/** Waits until nothing of the page is on its way. */
export async function isWhole(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      '__TSR_ROUTER__' in globalThis &&
      __TSR_ROUTER__.state.status === 'idle' &&
      document.querySelector('h1') !== null &&
      document.querySelector('.mantine-Skeleton-root, [data-loading], [aria-busy=true]') === null,
  );
}
