import type { Browser, Page } from '@playwright/test';
import { axeFaults } from '../support/accessibility.ts';
import { callApi, makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { readQr } from '../support/read-qr.ts';

/*
 * Two browsers: the admin's, and a device that nobody is signed in on. What passes between them passes over their screens: the
 * link out of the QR code, and the digits.
 */

let eventId: string;
test.beforeEach(async ({ server }) => {
  eventId = await makeEvent(server, ['General', 'VIP']);
});

async function addGate(app: Page, name: string): Promise<void> {
  await app.goto(`/events/${eventId}/gates`);
  await app.getByRole('button', { name: 'Add a gate' }).click();
  await app.getByRole('textbox', { name: 'Name' }).fill(name);
  await app.getByRole('button', { name: 'Add gate' }).click();
  await expect(app.getByRole('heading', { name })).toBeVisible();
}

/** A device of its own, with an empty profile. */
async function openDevice(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, serviceWorkers: 'block' });
  return context.newPage();
}

/** As a camera reads it off the screen. */
async function scanLink(app: Page): Promise<string> {
  const code = app.getByRole('img', { name: 'QR code that pairs one device' });
  return (await readQr(Uint8Array.from(await code.screenshot()))) ?? '';
}

const digitsOn = async (page: Page) => {
  const shown = page.getByText(/^\d{3} \d{3}$/);
  await expect(shown).toBeVisible();
  return shown.innerText();
};

test('a device is paired by the code on the screen and works until it is revoked', async ({ app, browser, server }) => {
  await app.goto(`/events/${eventId}/gates`);
  await expect(app.getByText('No gate yet')).toBeVisible();
  await addGate(app, 'North door');
  await app.getByRole('button', { name: 'Pair a device with North door' }).click();
  const link = await scanLink(app);
  expect(link).toMatch(new RegExp(`^${server.url}/gate/pair#[A-Z2-7]{26}$`));
  const device = await openDevice(browser, server.url);
  const asked: string[] = [];
  device.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer ?? ''}`));
  await device.goto(link);
  await device.getByRole('textbox', { name: 'Name of this device' }).fill('Tablet 7');
  await device.getByRole('button', { name: 'Ask to be paired' }).click();
  const digits = await digitsOn(device);
  expect(device.url()).toBe(`${server.url}/gate/pair`);
  await expect(app.getByText('“Tablet 7” asks to be paired with North door')).toBeVisible();
  expect(await digitsOn(app)).toBe(digits);
  expect([...(await axeFaults(app)), ...(await axeFaults(device))]).toEqual([]);
  // A reload in the middle goes on where it was.
  await device.reload();
  expect(await digitsOn(device)).toBe(digits);
  await app.getByRole('button', { name: 'They match: confirm' }).click();
  await expect(app.getByRole('dialog')).toHaveCount(0);
  await expect(device).toHaveURL(`${server.url}/gate`);
  await expect(device.getByRole('heading', { name: 'North door' })).toBeVisible();
  await device.getByRole('button', { name: 'Details' }).click();
  await expect(device.getByText('Tablet 7')).toBeVisible();
  const code = link.split('#')[1] as string;
  expect(asked.filter((request) => request.includes(code))).toEqual([]);
  expect(server.log.join('')).not.toContain(code);
  // Nothing of the console is open to it.
  expect((await device.request.get(`/api/events/${eventId}/tickets?q=a`)).status()).toBe(403);
  await device.goto('/events');
  await expect(device.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await app.reload();
  await app.getByRole('button', { name: 'Revoke Tablet 7' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Revoke Tablet 7' }).click();
  await expect(app.getByText(/Tablet 7 · Revoked/)).toBeVisible();
  await device.goto('/gate');
  await expect(device.getByRole('heading', { name: 'Not paired any more' })).toBeVisible();
  expect((await device.request.get(`/api/events/${eventId}`)).status()).toBe(401);
  await device.context().close();
});

test('a device that is refused is told so, and pairs with a code that is typed', async ({ app, browser, server }) => {
  await addGate(app, 'South door');
  const device = await openDevice(browser, server.url);
  const ask = async () => {
    await app.getByRole('button', { name: 'Pair a device with South door' }).click();
    const code = (await app.getByRole('button', { name: 'Copy pairing code' }).locator('code').innerText()).trim();
    // As people type it.
    await device.getByRole('textbox', { name: 'Pairing code' }).fill(code.toLowerCase());
    await device.getByRole('button', { name: 'Ask to be paired' }).click();
    expect(await digitsOn(app)).toBe(await digitsOn(device));
  };
  await device.goto('/gate');
  await device.getByRole('link', { name: 'Pair this device' }).click();
  await ask();
  await app.getByRole('button', { name: 'They differ: refuse' }).click();
  await expect(device.getByText('The admin refused this device.')).toBeVisible();
  await ask();
  await app.getByRole('button', { name: 'They match: confirm' }).click();
  await expect(device.getByRole('heading', { name: 'South door' })).toBeVisible();
  // Without the server it still knows what it is.
  await device.route('**/api/**', (route) => route.abort());
  await device.reload();
  await device.getByRole('button', { name: 'Details' }).click();
  await expect(device.getByText('this device stays paired')).toBeVisible();
  await device.unrouteAll();
  await device.reload();
  await expect(device.getByRole('heading', { name: 'South door' })).toBeVisible();
  await device.getByRole('button', { name: 'Details' }).click();
  await device.getByRole('button', { name: 'Unpair' }).click();
  await device.getByRole('button', { name: 'Unpair this device' }).click();
  await expect(device.getByRole('heading', { name: 'Not paired yet' })).toBeVisible();
  await expect(app.getByText(/ · Revoked/)).toBeVisible();
  await device.context().close();
});

test('a gate is changed, closed and opened again by keys alone', async ({ app, server }) => {
  await callApi(server, 'POST', `/events/${eventId}/gates`, {
    name: 'West door',
    types: [1],
    direction: 'entry',
    reentry: false,
    capacity: 250,
    undo: true,
  });
  await app.goto(`/events/${eventId}/gates`);
  await expect(app.getByText('VIP · In only · No re-entry · At most 250 inside')).toBeVisible();
  await app.getByRole('button', { name: 'Edit', exact: true }).press('Enter');
  await expect(app.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await app.keyboard.type(' 2');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('heading', { name: 'West door 2' })).toBeVisible();
  await app.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(app.getByRole('heading', { name: 'Closed' })).toBeVisible();
  await app.getByRole('button', { name: 'Open again' }).press('Enter');
  await expect(app.getByRole('heading', { name: 'Closed' })).toHaveCount(0);
});
