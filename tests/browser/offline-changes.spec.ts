import type { Correction, Revocation } from '../../core/api/batch.ts';
import { callApi } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { seedEvents } from '../support/seed-events.ts';

test.use({ breaksRequests: true });

test('what is revoked and corrected without the server holds here, can be undone, and goes up by itself', async ({
  app,
  server,
}) => {
  const { eventId, namedBatchId } = await seedEvents(server);
  const batch = `/events/${eventId}/batches/${namedBatchId}`;
  const revocations = async () => (await callApi(server, 'GET', `/events/${eventId}/revocations`)) as Revocation[];
  const corrections = async () => (await callApi(server, 'GET', `${batch}/corrections`)) as Correction[];
  const before = await revocations();
  const other = await app.context().newPage();
  const ticket = `/events/${eventId}/tickets/batches/${namedBatchId}/tickets/700`;
  for (const page of [other, app]) {
    await page.goto(ticket);
    await expect(page.getByRole('button', { name: 'Correct Holder' })).toBeVisible();
    await page.waitForLoadState('networkidle');
  }
  const correct = async (column: string, value: string) => {
    await app.getByRole('button', { name: `Correct ${column}` }).click();
    await app.getByRole('textbox', { name: column }).fill(value);
    await app.getByRole('button', { name: 'Save correction' }).click();
    await expect(app.getByText(`${column}: ${value}`)).toBeVisible();
  };

  await test.step('it holds on this device, in all its tabs, and is counted', async () => {
    await app.context().setOffline(true);
    await correct('Holder', 'Offline Name');
    await correct('E-mail', 'offline@example.org');
    await app.getByLabel('Reason').fill('stolen');
    await app.getByRole('button', { name: 'Revoke ticket 700' }).click();
    for (const page of [app, other]) {
      await expect(page.getByText('not yet on the server: gates still let it in')).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Offline Name' })).toBeVisible();
      await expect(page.getByRole('button', { name: /^Offline since .+ · 3 waiting/ })).toBeVisible();
    }
  });

  await test.step('it can be undone, and done again', async () => {
    await app.getByRole('button', { name: 'Undo for 1 ticket' }).click();
    await expect(other.getByText('Valid', { exact: true })).toBeVisible();
    await app.getByLabel('Reason').fill('lost');
    await app.getByRole('button', { name: 'Revoke ticket 700' }).click();
    await expect(other.getByText('Reason: lost')).toBeVisible();
  });

  await test.step('it goes up, but for what somebody else has corrected meanwhile', async () => {
    await callApi(server, 'POST', `${batch}/corrections`, { serial: 700, column: 'holder', value: 'Their Name' });
    await app.context().setOffline(false);
    await expect(app.getByText('Not taken by the server: Holder of ticket 700: Offline Name')).toBeVisible();
    await expect(app.getByRole('heading', { name: 'Their Name' })).toBeVisible();
    await expect(app.getByText('Gates refuse this ticket')).toBeVisible();
    await app.getByRole('button', { name: 'Put mine over it' }).click();
    await expect(app.getByRole('heading', { name: 'Offline Name' })).toBeVisible();
    await expect(app.getByRole('button', { name: 'Connected: details' })).toBeVisible();
    const made = (await revocations()).slice(before.length);
    expect(made).toMatchObject([{ batch: namedBatchId, from: 700, to: 700, reason: 'lost' }]);
    const values = (await corrections()).filter(({ serial }) => serial === 700).map(({ value }) => value);
    expect(values).toEqual(['Their Name', 'offline@example.org', 'Offline Name']);
  });
});
