import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { chromiumLaunchOptions } from './browser.ts';

/** Draws the installed application's icons from `public/icon.svg`: `node scripts/make-icons.ts`. */

const PUBLIC = new URL('../public/', import.meta.url);
const SVG = readFileSync(new URL('icon.svg', PUBLIC), 'utf8');
const GROUND = /fill="(#\w{6})"/.exec(SVG)?.[1] ?? '';

/** `safe`: what of the width the picture fills, where the system cuts its own shape out of a full ground; 1: as it is. */
const ICONS = [
  { name: '192', size: 192, safe: 1 },
  { name: '512', size: 512, safe: 1 },
  // A circle of 80 % of the width is always seen, and the picture's own margin counts.
  { name: 'maskable-512', size: 512, safe: 0.86 },
  { name: 'apple-touch', size: 180, safe: 0.94 },
] as const;

const browser = await chromium.launch(chromiumLaunchOptions());
const page = await browser.newPage();
mkdirSync(new URL('icons/', PUBLIC), { recursive: true });
for (const { name, size, safe } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  const picture = Math.round((size * safe) / 2) * 2;
  const ground = safe === 1 ? 'transparent' : GROUND;
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground}">` +
      SVG.replace('<svg ', `<svg width="${picture}" height="${picture}" `),
  );
  await page.screenshot({ path: new URL(`icons/${name}.png`, PUBLIC).pathname, omitBackground: true });
}
await browser.close();
