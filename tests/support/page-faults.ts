import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** What is wrong with the page as it stands, by what axe calls serious or critical, and by its width. */
export async function faultsOf(page: Page, state: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [colorScheme, viewport] of [
    ['light', DESKTOP],
    ['dark', PHONE],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    // Past what fades between the schemes.
    await page.waitForTimeout(200);
    const { found, wider } = await look(page);
    const at = `${state}, ${colorScheme}, ${viewport.width} px`;
    faults.push(...found.map((fault) => `${at}: ${fault}`), ...(wider > 0 ? [`${at}: ${wider} px too wide`] : []));
  }
  return faults;
}

async function look(page: Page): Promise<{ readonly found: readonly string[]; readonly wider: number }> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(on: Document): Promise<AxeResults> } };
    const { violations } = await axe.run(document);
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const { scrollWidth, clientWidth } = document.documentElement;
    return {
      found: grave.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
      wider: scrollWidth - clientWidth,
    };
  });
}
