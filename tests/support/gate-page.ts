import { type Browser, expect, type Page } from '@playwright/test';
import { callApi, makeEvent } from './api.ts';
import { chunkRequest, type MintedBatch } from './minted-batch.ts';
import type { TestServer } from './server.ts';

const HOUR = 3_600_000;
const RULES = { direction: 'both', reentry: false, capacity: null, undo: true } as const;

/** An event that is on now, with two ticket types. */
export async function makeRunningEvent(server: TestServer): Promise<string> {
  const eventId = await makeEvent(server, ['General', 'VIP']);
  await callApi(server, 'PATCH', `/events/${eventId}`, { startsAt: Date.now() - HOUR, endsAt: Date.now() + HOUR });
  return eventId;
}

/** Declares a batch and uploads all of it. */
export async function storeBatch(server: TestServer, eventId: string, batch: MintedBatch): Promise<void> {
  const path = `/events/${eventId}/batches/${batch.id}`;
  await callApi(server, 'PUT', path, batch.manifest);
  for (let seq = 0; seq < batch.chunks; seq++)
    await server.fetch(`/api${path}/chunks/${seq}`, chunkRequest(await batch.chunk(seq)));
}

/** @returns its id */
export async function addGate(
  server: TestServer,
  eventId: string,
  gate: { readonly name: string; readonly types: number[] | null },
): Promise<string> {
  const { id } = (await callApi(server, 'POST', `/events/${eventId}/gates`, { ...RULES, ...gate })) as { id: string };
  return id;
}

/** A tablet that is paired, with an empty profile. */
export async function openGate(browser: Browser, server: TestServer, cookie: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'allow' });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: server.url }]);
  const page = await context.newPage();
  await page.goto('/gate');
  await expect(page.getByText('Ready. Scan a ticket.')).toBeVisible();
  return page;
}

/** As a scanner types: wherever the focus is, a key every 2 ms by the keyboard's own clock, and Enter at the end. */
export function show(page: Page, ...texts: readonly string[]): Promise<void> {
  return page.evaluate((all) => {
    let at = performance.now();
    for (const text of all)
      for (const key of [...text, 'Enter']) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true });
        at += 2;
        Object.defineProperty(event, 'timeStamp', { value: at });
        document.body.dispatchEvent(event);
      }
  }, texts);
}

export const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
export const insideWords = (page: Page) => page.getByText(/^Inside: /);
export const gateStatus = (page: Page) => page.getByTestId('gate-status');
