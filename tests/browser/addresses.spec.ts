import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import {
  type CertificateFiles,
  hasOpenssl,
  issueCertificate,
  keyHash,
  makeAuthority,
} from '../support/certificates.ts';
import { mint } from '../support/mint.ts';
import { startTestServer } from '../support/server.ts';
import { signIn } from '../support/sign-in.ts';

/** A name that is this machine, though Chromium takes it for one on the network: `localhost` would be trusted on http. */
const HOST = 'event.test';

const test = base.extend<object, { readonly certificate: CertificateFiles }>({
  certificate: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'ticketmint-tls-'));
      const authority = makeAuthority(folder);
      await use(issueCertificate(authority, folder, { names: `DNS:${HOST},IP:127.0.0.1` }));
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ certificate }, use) => {
      const { args, ...options } = chromiumLaunchOptions();
      const trust = `--ignore-certificate-errors-spki-list=${keyHash(certificate)}`;
      await use({ ...options, args: [...args, `--host-resolver-rules=MAP ${HOST} 127.0.0.1`, trust] });
    },
    { scope: 'worker' },
  ],
});
test.skip(!hasOpenssl, 'needs openssl');
test.use({ serviceWorkers: 'allow', actionTimeout: 15_000 });
test.setTimeout(120_000);

function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    // Chromium's own note at http: the server sends the header whatever the scheme.
    const isExpected = message.text().startsWith('The Cross-Origin-Opener-Policy header has been ignored');
    if (message.type() === 'error' && !isExpected) errors.push(message.text());
  });
  return errors;
}

test('at https on the network all of it works, over HTTP/2', async ({ page, certificate }) => {
  const { certFile, keyFile } = certificate;
  const server = await startTestServer({ TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile });
  try {
    const errors = watchErrors(page);
    const { port } = new URL(server.url);
    // Typed without its scheme, as people do.
    await page.goto(`http://${HOST}:${port}/events`);
    await expect(page).toHaveURL(`https://${HOST}:${port}/sign-in?returnTo=%2Fevents`);
    await signIn(page);
    await expect(page.getByRole('heading', { name: 'Events' })).toBeVisible();
    const cookies = await page.context().cookies();
    const session = cookies.find(({ name }) => name === '__Host-ticketmint');
    expect(session).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict' });
    await page.goto(`https://${HOST}:${port}/events/${await page.evaluate(makeEventHere)}/tickets/mint`);
    await mint(page, '1,000');
    await expect(page.getByText('All 1,000 tickets are on the server.')).toBeVisible({ timeout: 60_000 });
    expect(await page.evaluate(protocolsHere)).toEqual(['h2']);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    expect(errors).toEqual([]);
  } finally {
    await server.close();
  }
});

test('at plain http on the network it says what is missing, and where to go', async ({ page }) => {
  const httpsUrl = 'https://tickets.example.org';
  const [silent, knowing] = await Promise.all([startTestServer(), startTestServer({ PUBLIC_URL: httpsUrl })]);
  try {
    const errors = watchErrors(page);
    const addressOf = ({ url }: { url: string }) => `http://${HOST}:${new URL(url).port}`;
    for (const path of ['/', '/events', '/sign-in', '/setup#token', '/open/mint']) {
      await page.goto(addressOf(knowing) + path);
      await expect(page.getByRole('heading', { name: 'Open it over https' })).toBeVisible();
      await expect(page.getByLabel('Password')).toHaveCount(0);
    }
    await expect(page.getByRole('listitem')).toHaveText([
      'signing tickets on this device',
      'starting without a network',
      'keeping tickets on this device for good',
      'working in several tabs at once',
    ]);
    const link = page.getByRole('link', { name: 'Open tickets.example.org' });
    await expect(link).toHaveAttribute('href', `${httpsUrl}/open/mint`);
    await page.goto(addressOf(silent));
    await expect(page.getByText('Ask whoever runs this server')).toBeVisible();
    // This machine itself needs no https.
    await page.getByRole('link', { name: 'localhost' }).click();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await Promise.all([silent.close(), knowing.close()]);
  }
});

/** Makes an event with one type from the signed-in page. @returns its id. */
async function makeEventHere(): Promise<string> {
  const post = async (path: string, body: object) => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as { id: string };
  };
  const [startsAt, endsAt] = [Date.now(), Date.now() + 86_400_000];
  const event = { name: 'Fair', place: '', timeZone: 'UTC', startsAt, endsAt, currency: 'EUR' };
  const { id } = await post('/events', event);
  const terms = { priceMinor: 0, capacity: null, notBefore: null, notAfter: null };
  await post(`/events/${id}/types`, { name: 'General', colour: 'blue', ...terms });
  return id;
}

/** How the page and what it loaded came here; what the service worker answered came by none. */
function protocolsHere(): string[] {
  const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  return [...new Set(entries.map((entry) => String(Reflect.get(entry, 'nextHopProtocol'))))].filter(Boolean);
}
