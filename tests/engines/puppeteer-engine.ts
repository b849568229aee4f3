import puppeteer, { type Browser, type ElementHandle, type LaunchOptions, type Page } from 'puppeteer-core';
import { vi } from 'vitest';
import { type EngineFolders, type EnginePage, FIND_MS, firstSteady, SEE_MS } from './engine.ts';

/** Starts a browser that Puppeteer drives: Chromium by DevTools, Firefox by WebDriver BiDi. */
export async function launchPuppeteer(options: LaunchOptions, folders: EngineFolders): Promise<EnginePage> {
  const browser = await puppeteer.launch({
    ...options,
    headless: true,
    userDataDir: folders.profile,
    downloadBehavior: { policy: 'allow', downloadPath: folders.downloads },
    defaultViewport: null,
  });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  // A page with a run under way asks whether it may be left.
  page.on('dialog', (dialog) => void dialog.accept());
  return pageOf(browser, page, await browser.version());
}

function pageOf(browser: Browser, page: Page, version: string): EnginePage {
  const find = (xpath: string, timeout = FIND_MS) =>
    vi.waitFor(
      async () => {
        const element = (await page.evaluateHandle(firstSteady, xpath)).asElement();
        if (element === null) throw new Error(`not there: ${xpath}`);
        return element as ElementHandle<HTMLElement>;
      },
      { timeout, interval: 50 },
    );
  return {
    version,
    async goto(url) {
      await page.goto(url);
    },
    run: (task, ...args) => page.evaluate(task as unknown as (...given: unknown[]) => never, ...args),
    async see(xpath) {
      await find(xpath, SEE_MS);
    },
    async click(xpath) {
      await (await find(xpath)).click();
    },
    async type(xpath, text) {
      const field = await find(xpath);
      await field.click({ count: 3 });
      await field.type(text);
    },
    close: () => browser.close(),
  };
}
