import { expect, type Page } from '@playwright/test';
import type { SeededEvents } from './seed-events.ts';
import { waitingStates } from './waiting-states.ts';

/** A page as one may find it: where it is, and what is done on it before it is looked at. */
export interface PageState {
  /** The id of the route whose component it shows. */
  readonly route: string;
  readonly name: string;
  readonly path: string;
  readonly prepare?: (page: Page) => Promise<unknown>;
  /** What is put right after it. */
  readonly finish?: (page: Page) => Promise<unknown>;
}

const EVENT = '/signed-in/events/$eventId';
const BATCH = `${EVENT}/tickets/batches/$batchId`;

/** Every page for whoever is not. */
export function signedOutStates(): readonly PageState[] {
  const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();
  return [
    { route: '/sign-in', name: 'sign in', path: '/sign-in' },
    {
      route: '/sign-in',
      name: 'sign in, nothing filled in',
      path: '/sign-in?returnTo=%2Fevents',
      prepare: press('Sign in'),
    },
    { route: '/setup', name: 'set up', path: '/setup#token', prepare: press('Set up') },
    { route: '/setup', name: 'half a link', path: '/setup' },
    { route: '/gate', name: 'gate, not paired', path: '/gate' },
    { route: '/gate/file', name: 'set up from a file', path: '/gate/file' },
    { route: '/gate/pair', name: 'pair this device', path: '/gate/pair', prepare: press('Ask to be paired') },
  ];
}

/** Every page for whoever is signed in, empty and with tickets, its menus, dialogs and folded parts open. */
export function signedInStates({ eventId, emptyEventId, namedBatchId }: SeededEvents): readonly PageState[] {
  const event = `/events/${eventId}`;
  const empty = `/events/${emptyEventId}`;
  const batch = `${event}/tickets/batches/${namedBatchId}`;
  const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
  const choose = (label: string) => (page: Page) => page.getByRole('combobox', { name: label }).click();
  return [
    { route: '/signed-in/events', name: 'events', path: '/events' },
    { route: '/signed-in/events', name: 'account menu', path: '/events', prepare: press('Account and appearance') },
    { route: '/signed-in/events', name: 'connection', path: '/events', prepare: press(/: details$/) },
    { route: '/signed-in/events/new', name: 'new event', path: '/events/new' },
    {
      route: '/signed-in/events/new',
      name: 'new event without a name',
      path: '/events/new',
      prepare: press('Create event'),
    },
    { route: `${EVENT}/`, name: 'overview', path: event },
    { route: `${EVENT}/`, name: 'overview, empty', path: empty },
    { route: `${EVENT}/`, name: 'jobs', path: event, prepare: press(/^Jobs/) },
    { route: `${EVENT}/`, name: 'keys', path: event, prepare: showKeys },
    { route: `${EVENT}/tickets`, name: 'batches', path: `${event}/tickets` },
    { route: `${EVENT}/tickets`, name: 'batches, none', path: `${empty}/tickets` },
    { route: `${EVENT}/tickets`, name: 'search', path: `${event}/tickets?q=Krishnan` },
    { route: `${EVENT}/tickets`, name: 'search, nothing', path: `${event}/tickets?q=nobody-at-all` },
    { route: `${EVENT}/tickets/mint`, name: 'mint', path: `${event}/tickets/mint` },
    {
      route: `${EVENT}/tickets/mint`,
      name: 'mint, types open',
      path: `${event}/tickets/mint`,
      prepare: choose('Ticket type'),
    },
    { route: `${EVENT}/tickets/mint`, name: 'mint, no types', path: `${empty}/tickets/mint` },
    {
      route: `${EVENT}/tickets/mint/$runId`,
      name: 'run of another device',
      path: `${event}/tickets/mint/${'0'.repeat(32)}`,
    },
    { route: BATCH, name: 'batch', path: batch },
    { route: BATCH, name: 'unknown batch', path: `${event}/tickets/batches/000000000000` },
    { route: `${BATCH}/tickets`, name: 'tickets', path: `${batch}/tickets` },
    { route: `${BATCH}/tickets/$serial`, name: 'ticket', path: `${batch}/tickets/7`, prepare: press('Correct Holder') },
    { route: `${BATCH}/tickets/$serial`, name: 'revoked ticket', path: `${batch}/tickets/42` },
    { route: `${BATCH}/tickets/$serial`, name: 'no such ticket', path: `${batch}/tickets/9999999` },
    { route: `${EVENT}/exports`, name: 'exports', path: `${event}/exports`, prepare: fillExport },
    {
      route: `${EVENT}/exports`,
      name: 'exports, check',
      path: `${event}/exports`,
      prepare: press(/^Check [\d,]+ tickets/),
    },
    { route: `${EVENT}/exports`, name: 'exports, nothing', path: `${empty}/exports` },
    {
      route: `${EVENT}/exports`,
      name: 'exports, check-ins',
      path: `${event}/exports?of=check-ins`,
      prepare: filterScans,
    },
    { route: `${EVENT}/exports/plain`, name: 'one format after another', path: `${event}/exports/plain` },
    { route: `${EVENT}/gates/`, name: 'gates, none', path: `${empty}/gates` },
    { route: `${EVENT}/gates/`, name: 'new gate', path: `${empty}/gates`, prepare: press('Add a gate') },
    { route: `${EVENT}/gates/`, name: 'gates', path: `${event}/gates` },
    {
      route: `${EVENT}/gates/`,
      name: 'admission rules',
      path: `${event}/gates`,
      prepare: press('Edit the admission rules'),
    },
    {
      route: `${EVENT}/gates/`,
      name: 'pairing',
      path: `${event}/gates`,
      prepare: press('Pair a device with Main door'),
    },
    { route: `${EVENT}/gates/live`, name: 'live, nobody yet', path: `${empty}/gates/live` },
    { route: `${EVENT}/gates/live`, name: 'live', path: `${event}/gates/live` },
    {
      route: `${EVENT}/gates/live`,
      name: 'live, as a table',
      path: `${event}/gates/live`,
      prepare: press('As a table'),
    },
    { route: `${EVENT}/gates/conflicts`, name: 'conflicts, none', path: `${empty}/gates/conflicts` },
    { route: `${EVENT}/gates/conflicts`, name: 'conflicts', path: `${event}/gates/conflicts` },
    { route: `${EVENT}/gates/rehearsal`, name: 'rehearsal, nothing there', path: `${empty}/gates/rehearsal` },
    {
      route: `${EVENT}/gates/rehearsal`,
      name: 'rehearsal',
      path: `${event}/gates/rehearsal`,
      prepare: rehearse,
    },
    { route: `${EVENT}/gates/files`, name: 'gate files', path: `${event}/gates/files` },
    { route: `${EVENT}/settings/event`, name: 'event', path: `${event}/settings/event` },
    { route: `${EVENT}/settings/types`, name: 'types', path: `${event}/settings/types`, prepare: press('Edit') },
    { route: `${EVENT}/settings/types`, name: 'types, none', path: `${empty}/settings/types` },
    { route: `${EVENT}/settings/revocations`, name: 'revocations', path: `${event}/settings/revocations` },
    { route: `${EVENT}/settings/revocations`, name: 'revocations, none', path: `${empty}/settings/revocations` },
    { route: `${EVENT}/settings/storage`, name: 'storage', path: `${event}/settings/storage` },
    {
      route: `${EVENT}/settings/storage`,
      name: 'storage, files',
      path: `${event}/settings/storage`,
      prepare: useFiles,
    },
    { route: `${EVENT}/settings/audit`, name: 'audit', path: `${event}/settings/audit` },
    { route: '__root__', name: 'no such page', path: '/nowhere' },
    { route: `${EVENT}/tickets`, name: 'offline', path: `${event}/tickets`, prepare: goOffline },
    ...waitingStates(`${batch}/tickets/7`),
  ];
}

/** Shortcuts listen once the page has been painted. */
async function showKeys(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible({ timeout: 500 });
  }).toPass();
}

/** Every format, each with its options; a condition; the preview. */
async function fillExport(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Check [\d,]+ tickets/ }).waitFor();
  for (const format of await page.getByRole('checkbox').all()) await format.check();
  await page.getByRole('button', { name: /^Which tickets/ }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('menuitem', { name: 'Serial' }).click();
}

/** What is asked of scans only. */
async function filterScans(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Check [\d,]+ scans/ }).waitFor();
  await page.getByRole('button', { name: /^Which scans/ }).click();
  for (const kind of ['Date', 'Gate', 'Effect']) {
    const add = page.getByRole('button', { name: 'Add a condition' });
    await add.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await add.click();
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
  }
}

/** The two forms of the storage page: a passphrase that was suggested, and a file that is none of ours. */
async function useFiles(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Suggest a passphrase' }).click();
  const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no workspace') };
  await page.getByLabel('Workspace file').setInputFiles(file);
  await page.getByLabel('Its passphrase').fill('quiet gate, long queue');
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByRole('alert').last().waitFor();
}

async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.getByRole('searchbox').fill('Krishnan');
  await page.getByText('Only this device was searched.').waitFor();
}

/** Plays a day through, to its report. */
async function rehearse(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rehearse' }).click();
  await expect(page.getByRole('heading', { name: 'Report' })).toBeVisible();
}
