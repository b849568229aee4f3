import { expect, type Page } from '@playwright/test';
import { axeFaults, widerBy } from './accessibility.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** What is wrong with the page as it stands, by axe and by its width, on a desktop and on a phone. */
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
    const found = await axeFaults(page);
    const wider = await widerBy(page);
    const at = `${state}, ${colorScheme}, ${viewport.width} px`;
    faults.push(...found.map((fault) => `${at}: ${fault}`), ...(wider > 0 ? [`${at}: ${wider} px too wide`] : []));
  }
  return faults;
}
