import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type SeededEvents, seedEvents } from '../tests/support/seed-events.ts';
import { ADMIN, startTestServer, type TestServer } from '../tests/support/server.ts';
import { chromiumLaunchOptions } from './browser.ts';

/**
 * Photographs every page against the real server and a built application, into `.cache/screenshots`. Those that the README
 * and the installation show go to `docs` and `public`, too; `npm run screenshots` builds, and takes these only.
 *
 * `node scripts/screenshots.ts [--shown] [--only NAME,…] [--size NAME,…] [--scheme light|dark] [--locale ar]`; in another
 * language than English only pages on which nothing has to be pressed.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SIZES = {
  phone: { width: 390, height: 844 },
  portrait: { width: 820, height: 1180 },
  landscape: { width: 1180, height: 820 },
  desktop: { width: 1440, height: 900 },
} as const;
const SCHEMES = ['light', 'dark'] as const;
/** The pictures of the README: page, size, scheme. */
const README = new Set([
  'mint-run desktop light',
  'tickets landscape light',
  'exports-preview desktop light',
  'exports landscape dark',
  'overview phone light',
  'ticket phone dark',
]);
/** Those of the web app manifest. */
const MANIFEST = new Set(['mint-run desktop light', 'ticket phone dark']);
/** Where it is hard to see that anything was left out. */
const WEBP_QUALITY = 82;

interface Shot {
  readonly name: string;
  readonly path: string;
  /** What is done on the page before the picture. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** What is done after it. */
  readonly finish?: (page: Page) => Promise<void>;
}

async function startMinting(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Ticket type' }).click();
  await page.getByRole('option', { name: 'Crew' }).click();
  await page.getByLabel('How many').fill('60000');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Mint 60,000 tickets' }).click();
  await page
    .getByRole('img', { name: /^QR code/ })
    .first()
    .waitFor();
  const onServer = page.getByRole('progressbar', { name: 'Tickets on the server' });
  while (Number(await onServer.getAttribute('aria-valuenow')) < 20_000) await page.waitForTimeout(20);
}

async function waitUntilMinted(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Jobs: No jobs running' }).waitFor({ timeout: 120_000 });
}

async function waitForPreview(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Check [\d,]+ tickets/ }).waitFor();
}

async function fillExport(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /^Tickets \(PDF\)/ }).check();
  await page.getByRole('button', { name: /^Which tickets/ }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('menuitem', { name: 'Serial' }).click();
  await page.getByLabel('To serial').fill('400');
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText('Tickets (PDF)').click();
  await preview.getByRole('img').waitFor();
  await page.getByRole('heading', { name: 'New export' }).scrollIntoViewIfNeeded();
}

async function showPreview(page: Page): Promise<void> {
  await fillExport(page);
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 80));
}

async function checkExport(page: Page): Promise<void> {
  await waitForPreview(page);
  await page.getByRole('button', { name: /^Check [\d,]+ tickets/ }).click();
}

async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.getByRole('searchbox').fill('Krishnan');
  await page.getByText('Only this device was searched.').waitFor();
}

function shotsOf({ eventId, emptyEventId, plainBatchId, namedBatchId }: SeededEvents): readonly Shot[] {
  const event = `/events/${eventId}`;
  const batches = `${event}/tickets/batches`;
  return [
    { name: 'events', path: '/events' },
    { name: 'new-event', path: '/events/new' },
    { name: 'overview', path: event },
    { name: 'overview-empty', path: `/events/${emptyEventId}` },
    { name: 'types', path: `${event}/settings/types` },
    { name: 'types-empty', path: `/events/${emptyEventId}/settings/types` },
    { name: 'tickets', path: `${event}/tickets` },
    { name: 'tickets-empty', path: `/events/${emptyEventId}/tickets` },
    { name: 'search', path: `${event}/tickets?q=Krishnan` },
    { name: 'search-nothing', path: `${event}/tickets?q=nobody-at-all` },
    { name: 'mint', path: `${event}/tickets/mint` },
    { name: 'batch', path: `${batches}/${namedBatchId}` },
    { name: 'batch-tickets', path: `${batches}/${namedBatchId}/tickets` },
    { name: 'batch-tickets-far', path: `${batches}/${plainBatchId}/tickets?at=9000` },
    { name: 'ticket', path: `${batches}/${namedBatchId}/tickets/7` },
    { name: 'ticket-revoked', path: `${batches}/${namedBatchId}/tickets/42` },
    { name: 'exports', path: `${event}/exports`, prepare: waitForPreview },
    { name: 'exports-form', path: `${event}/exports`, prepare: fillExport },
    { name: 'exports-preview', path: `${event}/exports`, prepare: showPreview },
    { name: 'exports-check', path: `${event}/exports`, prepare: checkExport },
    { name: 'exports-plain', path: `${event}/exports/plain` },
    { name: 'gates', path: `${event}/gates` },
    { name: 'gates-empty', path: `/events/${emptyEventId}/gates` },
    { name: 'gates-live', path: `${event}/gates/live` },
    { name: 'gates-live-empty', path: `/events/${emptyEventId}/gates/live` },
    { name: 'gates-conflicts', path: `${event}/gates/conflicts` },
    { name: 'settings', path: `${event}/settings/event` },
    { name: 'revocations', path: `${event}/settings/revocations` },
    { name: 'storage', path: `${event}/settings/storage` },
    { name: 'audit', path: `${event}/settings/audit` },
    { name: 'not-found', path: '/nowhere' },
    {
      name: 'account',
      path: event,
      prepare: (page) => page.getByRole('button', { name: 'Account and appearance' }).click(),
    },
    { name: 'jobs', path: event, prepare: (page) => page.getByRole('button', { name: /^Jobs/ }).click() },
    { name: 'mint-run', path: `${event}/tickets/mint`, prepare: startMinting, finish: waitUntilMinted },
    { name: 'jobs-done', path: event, prepare: (page) => page.getByRole('button', { name: /^Jobs/ }).click() },
    { name: 'storage-used', path: `${event}/settings/storage` },
    {
      name: 'offline',
      path: `${event}/tickets`,
      prepare: goOffline,
      finish: (page) => page.context().setOffline(false),
    },
  ];
}

const { values: choice } = parseArgs({
  options: {
    only: { type: 'string' },
    size: { type: 'string' },
    scheme: { type: 'string' },
    shown: { type: 'boolean', default: false },
    locale: { type: 'string', default: 'en-IN' },
  },
});
const isEnglish = choice.locale.startsWith('en');

/** Whether the picture of a page, or any of a look, was asked for. */
function isAskedFor(look: string, name?: string): boolean {
  if (name !== undefined && choice.only !== undefined && !choice.only.split(',').includes(name)) return false;
  const shown = [...README, ...MANIFEST];
  return (
    !choice.shown || shown.some((one) => (name === undefined ? one.endsWith(` ${look}`) : one === `${name} ${look}`))
  );
}

async function photograph(browser: Browser, { url, cookie }: TestServer, made: SeededEvents): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    if (choice.size !== undefined && !choice.size.split(',').includes(size)) continue;
    for (const scheme of SCHEMES) {
      if (choice.scheme !== undefined && choice.scheme !== scheme) continue;
      const look = `${size} ${scheme}`;
      if (!isAskedFor(look)) continue;
      const context = await browser.newContext({
        viewport,
        colorScheme: scheme,
        locale: choice.locale,
        timezoneId: 'Asia/Kolkata',
        reducedMotion: 'reduce',
        hasTouch: size === 'phone' || size === 'portrait',
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => console.log(`  ! ${look}: ${error.message}`));
      page.on(
        'console',
        (message) => message.type() === 'error' && console.log(`  ! ${page.url()}: ${message.text()}`),
      );
      if (isEnglish) await signInOnPage(page, url, look);
      else await context.addCookies(cookiesOf(await cookie(), url));
      for (const shot of shotsOf(made)) await take(page, url, shot, look);
      await context.close();
    }
  }
}

function cookiesOf(header: string, url: string): { name: string; value: string; url: string }[] {
  return header.split('; ').map((cookie) => {
    const separator = cookie.indexOf('=');
    return { name: cookie.slice(0, separator), value: cookie.slice(separator + 1), url };
  });
}

async function signInOnPage(page: Page, url: string, look: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await save(page, `sign-in ${look}`);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/events');
}

async function take(page: Page, url: string, { name, path, prepare, finish }: Shot, look: string): Promise<void> {
  if (!isAskedFor(look, name) || (prepare !== undefined && !isEnglish)) return;
  await page.goto(url + path);
  await page.waitForLoadState('networkidle');
  await prepare?.(page);
  await page.waitForTimeout(250);
  await save(page, `${name} ${look}`);
  await finish?.(page);
}

async function save(page: Page, name: string): Promise<void> {
  const file = name.replaceAll(' ', '-');
  const path = (folder: string, extension: string) => join(ROOT, folder, `${file}.${extension}`);
  await page.screenshot({ path: path(`.cache/screenshots${isEnglish ? '' : `-${choice.locale}`}`, 'png') });
  if (!isEnglish) return;
  if (README.has(name))
    await page.screenshot({ path: path('docs/screenshots', 'webp'), type: 'webp', quality: WEBP_QUALITY });
  if (MANIFEST.has(name)) await page.screenshot({ path: path('public/screenshots', 'png') });
}

const server = await startTestServer();
const browser = await chromium.launch(chromiumLaunchOptions());
try {
  await photograph(browser, server, await seedEvents(server));
} finally {
  await browser.close();
  await server.close();
}
