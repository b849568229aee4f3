import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventRecord } from '../../../../core/api/event.ts';
import type { ExportPlan } from '../../../../core/api/export-template.ts';
import { type LocalBatch, relaxedDatabase } from '../../../../src/database/database.ts';
import { batchesQuery } from '../../../../src/features/batches/api/get-batches.ts';
import { revocationsQuery } from '../../../../src/features/batches/api/get-revocations.ts';
import { eventQuery } from '../../../../src/features/events/api/get-event.ts';
import { type UseExport, useExport } from '../../../../src/features/exports/use-export.ts';
import { typesQuery } from '../../../../src/features/types/api/get-types.ts';
import { batchOf, buffer, EVENT, startAfresh } from '../../../workers/export-fixture.ts';

const COUNT = 2_000;
const BATCH = '0123456789ab';
const PLAN: ExportPlan = {
  batches: null,
  formats: [
    { id: 'csv', options: { bom: false } },
    { id: 'json', options: {} },
  ],
  columns: [{ id: 'serial' }, { id: 'holder', title: 'Guest' }],
  filters: { kind: 'serial', from: 11, to: null },
  sort: null,
  fileName: 'guests',
};

const event: EventRecord = {
  id: EVENT,
  name: 'Annual Gala',
  place: 'Town hall',
  timeZone: 'Asia/Kolkata',
  startsAt: 1_796_000_000_000,
  endsAt: 1_796_100_000_000,
  currency: 'INR',
  language: 'en',
  createdAt: 1_795_000_000_000,
};

/** A batch that was minted on this device and that the server does not know. */
const local: LocalBatch = {
  id: BATCH,
  eventId: EVENT,
  runId: '0'.repeat(32),
  typeIndex: 0,
  publicKey: '',
  count: COUNT,
  chunkSize: 500,
  notBefore: null,
  notAfter: null,
  keyProtection: 'webcrypto',
  proof: '',
  mintedAt: 1_795_000_000_000,
  personalised: true,
  fromList: true,
  seatPattern: null,
  seatOffset: 0,
  state: 'minted',
  declared: false,
  acknowledged: [],
  refused: [],
  sealed: null,
  freed: false,
};

let latest: UseExport;
let root: Root;

function Harness() {
  latest = useExport();
  return null;
}

async function render(): Promise<void> {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(eventQuery(EVENT).queryKey, event);
  client.setQueryData(typesQuery(EVENT).queryKey, []);
  client.setQueryData(batchesQuery(EVENT).queryKey, []);
  client.setQueryData(revocationsQuery(EVENT).queryKey, []);
  const rootRoute = createRootRoute();
  const route = createRoute({ getParentRoute: () => rootRoute, path: '/events/$eventId', component: Harness });
  const history = createMemoryHistory({ initialEntries: [`/events/${EVENT}`] });
  const router = createRouter({ routeTree: rootRoute.addChildren([route]), history });
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  await vi.waitFor(() => expect(latest?.isReady).toBe(true), { timeout: 5_000 });
}

function never(): AbortSignal {
  return new AbortController().signal;
}

async function completed(count: number): Promise<void> {
  await vi.waitFor(() => expect(latest.history?.filter(({ state }) => state === 'completed')).toHaveLength(count), {
    timeout: 20_000,
  });
}

describe('useExport', () => {
  beforeEach(async () => {
    await startAfresh();
    await relaxedDatabase().batches.put(local);
    await buffer(batchOf(BATCH, COUNT), (serial) => ({ holder: `Guest ${serial}` }));
    await render();
  });
  afterEach(() => {
    latest.cleanUp();
    root.unmount();
  });

  it('previews each format of a plan, in the plan’s own columns, and counts what is meant', async () => {
    const csv = await latest.preview(PLAN, 'csv', never());
    // Guessed from the first thousand.
    expect(csv).toMatchObject({ shown: 5, isExact: false, content: { kind: 'text' } });
    expect(csv.records / (COUNT - 10)).toBeCloseTo(1, 1);
    expect(csv.content.kind === 'text' && csv.content.text).toMatch(/^serial,Guest\r\n11,Guest 11\r\n/i);
    const json = await latest.preview(PLAN, 'json', never());
    expect(json.content.kind === 'text' && json.content.text).toContain('"Guest 15"');
  });

  it('ends a preview with the reason of its signal', async () => {
    const controller = new AbortController();
    const drawn = latest.preview(PLAN, 'csv', controller.signal);
    controller.abort(new Error('other options'));
    await expect(drawn).rejects.toThrow('other options');
    await expect(latest.preview(PLAN, 'csv', never())).resolves.toMatchObject({ shown: 5 });
  });

  it('saves all tickets with one method a format; history and totals follow', async () => {
    const ids = await latest.quick.ndjson({}, 'download');
    expect(ids).toHaveLength(1);
    await completed(1);
    expect(latest.history?.[0]).toMatchObject({ id: ids[0], formatId: 'ndjson', manifest: { records: COUNT } });
    await vi.waitFor(() => expect(latest.over.map(({ id }) => id)).toEqual(ids));
    expect(latest.totals).toMatchObject({ active: 0 });
    latest.cleanUp();
    await vi.waitFor(() => expect(latest.over).toEqual([]));
    expect(latest.history).toHaveLength(1);
  });

  it('puts several formats into one ZIP where no folder takes them, and runs several plans', async () => {
    await latest.batch([PLAN, { ...PLAN, formats: [{ id: 'xml', options: {} }] }], 'download');
    await completed(2);
    const names = latest.history?.map(({ fileName }) => fileName).sort();
    expect(names).toEqual(['guests.xml', 'guests.zip']);
    for (const { manifest } of latest.history ?? []) expect(manifest?.records).toBe(COUNT - 10);
  });

  it('cancels: nothing that looks done is left', async () => {
    const [id = ''] = await latest.start({ ...PLAN, filters: null }, 'download');
    await latest.cancel(id);
    // Those of the tests before stay in the page's list.
    await vi.waitFor(() => expect(latest.over.find((one) => one.id === id)?.state).toBe('cancelled'));
    expect(latest.active).toEqual([]);
    await vi.waitFor(() => expect(latest.history?.filter(({ state }) => state === 'completed')).toEqual([]));
  });
});
