import type { Page } from '@playwright/test';
import type { BlockKind, RunEvent } from '../../core/mint/run-event.ts';
import { makeEvent } from '../support/api.ts';
import { test as base, expect } from '../support/app-test.ts';
import { type HeldUploads, holdUploads, mintByQuantity } from '../support/held-uploads.ts';

/** Tests of the page of a run that has 500 of its 2,000 tickets on the server, and stands there. */
const test = base.extend<{ uploads: HeldUploads; eventId: string }>({
  eventId: async ({ server }, use) => use(await makeEvent(server)),
  uploads: async ({ app }, use) => use(await holdUploads(app, 1)),
});
test.use({ actionTimeout: 15_000, breaksRequests: true });

async function startRun(app: Page, eventId: string): Promise<void> {
  await mintByQuantity(app, eventId, 2_000);
  await expect(app.getByText('500 of 2,000', { exact: true })).toBeVisible();
}

const done = (app: Page) => expect(app.getByText('All 2,000 tickets are on the server.')).toBeVisible();

test('the page warns before it is closed only while tickets are not uploaded', async ({ app, uploads, eventId }) => {
  const warns = () => app.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await app.goto(`/events/${eventId}/tickets/mint`);
  expect(await warns()).toBe(false);
  await startRun(app, eventId);
  expect(await warns()).toBe(true);
  await uploads.release();
  await done(app);
  await expect.poll(warns).toBe(false);
});

test('the screen stays on while a run goes on', async ({ app, uploads, eventId }) => {
  await app.addInitScript(() => {
    const steps: string[] = [];
    const release = async () => void steps.push('released');
    const request = async (type: string) => {
      steps.push(`${type} taken`);
      return { release };
    };
    Object.assign(window, { steps });
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  const steps = () => app.evaluate(() => (window as unknown as { steps: string[] }).steps.splice(0));
  await startRun(app, eventId);
  expect(await steps()).toEqual(['screen taken']);
  await app.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(steps).toEqual(['released']);
  await app.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(steps).toEqual(['screen taken']);
  await uploads.release();
  await done(app);
  await expect.poll(steps).toEqual(['released']);
});

test('a notification tells that a run is done, where it was asked for', async ({ app, uploads, eventId }) => {
  await app.addInitScript(() => {
    const told: string[] = [];
    class StubNotification {
      static permission = 'default';
      static async requestPermission() {
        StubNotification.permission = 'granted';
        return 'granted';
      }
      constructor(title: string, { body }: { body: string }) {
        told.push(`${title}. ${body}`);
      }
    }
    Object.assign(window, { told, Notification: StubNotification });
  });
  await startRun(app, eventId);
  await app.getByLabel('Tell me when done').check();
  await app.getByRole('link', { name: 'Overview' }).first().click();
  await uploads.release();
  const told = () => app.evaluate(() => (window as unknown as { told: string[] }).told);
  await expect.poll(told).toEqual(['Tickets are ready. 2,000 × General: 2,000 tickets on the server']);
});

test('the tab’s title says how far the run is', async ({ app, uploads, eventId }) => {
  await startRun(app, eventId);
  await expect(app).toHaveTitle(/^25% 2,000 × General/);
  await app.getByRole('button', { name: 'Pause' }).click();
  await expect(app).toHaveTitle(/^Paused: 2,000 × General/);
  await app.getByRole('button', { name: 'Resume' }).click();
  await uploads.release();
  await expect(app).toHaveTitle(/^Done: 2,000 × General/);
});

test('a run that is done says how long it took, and how fast that was', async ({ app, uploads, eventId }) => {
  await startRun(app, eventId);
  const result = app.getByRole('region', { name: 'Result' });
  await uploads.release();
  await expect(result).toContainText(/Time in all\d+\.\d s/);
  const [, seconds, rate] =
    (await result.innerText()).match(/Time in all\s+([\d.]+) s\s+Tickets a second\s+([\d,]+)/) ?? [];
  // The time is told to tenths.
  const perSecond = Number(rate?.replaceAll(',', ''));
  expect(2_000 / (perSecond + 1)).toBeLessThan(Number(seconds) + 0.05);
  expect(2_000 / (perSecond - 1)).toBeGreaterThan(Number(seconds) - 0.05);
  await app.getByRole('button', { name: 'Log' }).click();
  await expect(app.getByRole('log')).toContainText(`2,000 of 2,000 tickets on the server, ${seconds} s`);
});

test('pausing and cancelling say what stays and what goes', async ({ app, uploads, eventId }) => {
  await startRun(app, eventId);
  await app.getByRole('button', { name: 'Pause' }).click();
  await expect(app.getByText('Paused', { exact: true }).first()).toBeVisible();
  await app.getByRole('button', { name: 'Cancel run' }).click();
  const dialog = app.getByRole('dialog', { name: 'Cancel this run?' });
  await expect(dialog).toContainText('Stays: 500 tickets on the server, valid as they are.');
  await expect(dialog).toContainText(
    'Goes: 1,500 tickets kept on this device and not uploaded. Their numbers are revoked, and no gate lets them in.',
  );
  await dialog.getByRole('button', { name: 'Keep minting' }).click();
  await expect(dialog).toBeHidden();
  await expect(app.getByRole('button', { name: 'Resume' })).toBeVisible();
  await app.getByRole('button', { name: 'Cancel run' }).click();
  await dialog.getByRole('button', { name: 'Give up 1,500 tickets' }).click();
  await uploads.fail();
  await expect(
    app.getByText('500 tickets on the server stay valid. 1,500 tickets were given up; no gate lets them in.'),
  ).toBeVisible();
});

const BLOCKS: Readonly<Record<BlockKind, { readonly title: string; readonly helps: string | null }>> = {
  offline: { title: 'This device is offline.', helps: null },
  'signed-out': { title: 'You are signed out.', helps: 'Sign in' },
  forbidden: { title: 'Your role does not allow uploading tickets.', helps: 'Sign in' },
  'storage-full': { title: 'The browser has no space left for this site.', helps: 'Free local copies' },
  'storage-lost': { title: 'The browser cannot write to its storage any more.', helps: 'Reload' },
  refused: { title: 'The server refused a part of the tickets.', helps: 'Try again' },
  server: { title: 'The server cannot take tickets at the moment.', helps: null },
};

test('each reason why a run waits is said, with what helps', async ({ app, uploads, eventId }) => {
  await startRun(app, eventId);
  const runId = app.url().slice(-32);
  const tell = (event: RunEvent) =>
    app.evaluate((message) => {
      const channel = new BroadcastChannel('ticketmint-runs');
      channel.postMessage(message);
      channel.close();
    }, event);
  for (const [kind, { title, helps }] of Object.entries(BLOCKS)) {
    const by = kind.startsWith('storage') ? 'mint' : 'upload';
    await tell({ type: 'blocked', runId, by, block: { kind: kind as BlockKind, detail: `why ${kind}` } });
    const alert = app.getByRole('alert');
    await expect(alert).toContainText(title);
    await expect(alert).toContainText(`why ${kind}`);
    const buttons = alert.getByRole('button').or(alert.getByRole('link'));
    if (helps === null) await expect(buttons).toHaveCount(0);
    else await expect(buttons.first()).toHaveText(helps);
    await expect(app).toHaveTitle(kind === 'refused' ? /^25% / : /^Waiting: /);
    await tell({ type: 'blocked', runId, by, block: null });
    await expect(alert).toBeHidden();
  }
  await uploads.release();
  await done(app);
});
