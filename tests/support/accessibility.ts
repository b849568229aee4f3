import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on the page as it stands against WCAG 2.2 AA and against what makes headings and landmarks useful. Menus
 * and lists that open lie outside of all landmarks.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(on: Document, options: object): Promise<AxeResults> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const options = { runOnly: tags, rules: { region: { enabled: false } }, resultTypes: ['violations'] };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
  });
}

/** How far the page is wider than its window, in pixels; only tables may scroll sideways, each in itself. */
export function widerBy(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const INTERACTIVE =
  'a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=menuitem], [role=option], [tabindex="0"]';

/** What a finger cannot hit without aiming: targets under 44 pixels, but links within a sentence (WCAG 2.5.5). */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const ENOUGH = 43.5;
    const isInline = (element: Element) => {
      const text = (element.parentElement?.textContent ?? '').trim();
      return getComputedStyle(element).display === 'inline' && text !== (element.textContent ?? '').trim();
    };
    /** Whether a touch there goes to the element: to itself, to what it is in, or to the label that stands for it. */
    const reaches = (element: Element, x: number, y: number) => {
      const hit = document.elementFromPoint(x, y);
      if (hit === null) return false;
      if (element.contains(hit)) return true;
      const label = hit.closest('label');
      return label !== null && (label.control === element || label.contains(element));
    };
    const reachOf = (element: Element, from: DOMRect, dx: number, dy: number) => {
      let [x, y] = [from.left + from.width / 2, from.top + from.height / 2];
      let steps = 0;
      while (steps < 60 && reaches(element, x, y)) {
        x += dx;
        y += dy;
        steps++;
      }
      return steps - 0.5;
    };
    const isReachable = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return reaches(element, left + width / 2, top + height / 2);
    };
    return [...document.querySelectorAll(selector)].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) || isInline(element))
        return [];
      if (element.matches(':disabled, [aria-hidden=true], [aria-hidden=true] *')) return [];
      element.scrollIntoView({ block: 'center', inline: 'center' });
      if (!isReachable(element)) return [];
      const box = element.getBoundingClientRect();
      const width = Math.max(box.width, reachOf(element, box, 1, 0) + reachOf(element, box, -1, 0));
      const height = Math.max(box.height, reachOf(element, box, 0, 1) + reachOf(element, box, 0, -1));
      if (width >= ENOUGH && height >= ENOUGH) return [];
      return [`${Math.round(width)}×${Math.round(height)}: ${element.outerHTML.slice(0, 200)}`];
    });
  }, INTERACTIVE);
}
