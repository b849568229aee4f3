import type { Page } from '@playwright/test';
import { widerBy } from '../support/accessibility.ts';
import { expect, test } from '../support/app-test.ts';
import { goTo } from '../support/go-to.ts';
import { signedInStates } from '../support/page-states.ts';
import { type SeededEvents, seedEvents } from '../support/seed-events.ts';
import type { TestServer } from '../support/server.ts';

// Batches and tickets that are looked for and are not there.
test.use({ breaksRequests: true });

let seeded: SeededEvents;
test.beforeAll(async ({ server }) => {
  seeded = await seedEvents(server);
});

const LANGUAGES = [
  { locale: 'ar', name: 'العربية', direction: 'rtl', signIn: 'تسجيل الدخول' },
  { locale: 'hi', name: 'हिन्दी', direction: 'ltr', signIn: 'साइन इन करें' },
] as const;

for (const { locale, name, direction, signIn } of LANGUAGES) {
  test(`${name}: every page speaks it, from its side, within a phone’s width`, async ({ app, server }) => {
    await app.addInitScript((chosen) => localStorage.setItem('ticketmint-language', chosen), locale);
    await app.setViewportSize({ width: 390, height: 844 });
    const known = await wordsOfData(server, seeded);
    const faults: string[] = [];
    await app.goto('/events');
    await expect(app.locator('html')).toHaveAttribute('dir', direction);
    await expect(app.locator('html')).toHaveAttribute('lang', locale);
    for (const path of new Set(signedInStates(seeded).map((state) => state.path))) {
      await goTo(app, path);
      const wider = await widerBy(app);
      if (wider > 0) faults.push(`${path}: ${wider} px too wide`);
      faults.push(...(await latinWords(app)).filter((word) => !known.has(word)).map((word) => `${path}: ${word}`));
    }
    expect(faults).toEqual([]);
  });

  test(`${name} is chosen before signing in, and stays`, async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('combobox', { name: 'Language' }).selectOption(locale);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(signIn);
    await expect(page.locator('html')).toHaveAttribute('dir', direction);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(signIn);
  });
}

test('a new event’s tickets begin with the language of the interface, and keep the one that is chosen', async ({
  app,
}) => {
  await app.addInitScript(() => localStorage.setItem('ticketmint-language', 'hi'));
  const language = app.getByRole('combobox', { name: 'टिकटों और संदेशों की भाषा' });
  await app.goto('/events/new');
  await expect(language).toHaveValue('हिन्दी');
  await app.goto(`/events/${seeded.emptyEventId}/settings`);
  await expect(language).toHaveValue('English');
  await language.click();
  await app.getByRole('option', { name: 'العربية' }).click();
  await app.getByRole('button', { name: 'आयोजन सहेजें' }).click();
  await expect(app.getByText('आयोजन सर्वर पर सहेजा गया।')).toBeVisible();
  await app.reload();
  await expect(language).toHaveValue('العربية');
});

test('another language is chosen in the menu, and what goes on beside the pages goes on', async ({ app }) => {
  await app.goto(`/events/${seeded.eventId}/tickets`);
  await app.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await app.getByRole('button', { name: 'Account and appearance' }).click();
  await app.getByRole('menuitemradio', { name: 'العربية' }).click();
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('التذاكر');
  await expect(app).toHaveURL(/\/tickets$/);
  expect(await app.evaluate(() => 'isSameDocument' in window)).toBe(true);
});

/** Names that are the same in every language, and what stands for itself. */
const NAMES =
  'Ticketmint CSV JSON NDJSON XML XLSX Excel PDF ZIP VIP INR MB GB QR gzip UTF BOM CR LF Unix Windows Ed25519 https http ISO RFC SHA A4 A6 Esc Tab Enter Page Up Down Home End tickets csv';

/** Codes and names within a sentence, as `<bdi>` has them elsewhere. */
const ISOLATED = /\u2068[^\u2069]*\u2069/g;

/** Of the tickets that are opened. */
const HOLDERS = 'Meera Krishnamurthy Khan';

/** Words of what people have typed, and of what the server's log says, which is kept as it was written. */
async function wordsOfData(server: TestServer, { eventId }: SeededEvents): Promise<Set<string>> {
  const ofEvent = ['types', 'revocations', 'gates', 'gate-devices'].map((path) => `events/${eventId}/${path}`);
  const paths = ['events', ...ofEvent, 'audit', 'me'];
  const answers = await Promise.all(paths.map(async (path) => (await server.fetch(`/api/${path}`)).text()));
  return new Set(wordsOf([NAMES, HOLDERS, ...answers].join(' ')));
}

function wordsOf(text: string): string[] {
  return text.replace(ISOLATED, '').match(/[A-Za-z][A-Za-z0-9]{2,}/g) ?? [];
}

/** Words in Latin letters that are neither code nor a name that keeps its own direction. */
async function latinWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const DATA = 'script, style, code, pre, bdi, option, [dir=ltr], [dir=auto]:not(h1), [role=gridcell], [role=alert]';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent?.checkVisibility() === true && parent.closest(DATA) === null)
        found.push(walker.currentNode.textContent ?? '');
    }
    for (const attribute of ['aria-label', 'title', 'alt', 'aria-valuetext'])
      for (const element of document.querySelectorAll(`[${attribute}]`))
        found.push(element.getAttribute(attribute) ?? '');
    return found;
  });
  return texts.flatMap(wordsOf);
}
