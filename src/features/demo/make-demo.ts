import type { QueryClient } from '@tanstack/react-query';
import { proxy } from 'comlink';
import { liveQuery } from 'dexie';
import type { EventRecord, TicketType } from '../../../core/api/event.ts';
import { typeKey } from '../../../core/attendees/list-options.ts';
import { startWorker } from '../../../workers/bridge.ts';
import { api } from '../../api/client.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { createEvent } from '../events/api/create-event.ts';
import { eventsQuery } from '../events/api/get-events.ts';
import { newTemplateId, putExportTemplate } from '../exports/api/change-export-templates.ts';
import { QUICK_PLANS } from '../exports/quick-plans.ts';
import { type DraftSource, planOf } from '../mint/mint-draft.ts';
import { startRun } from '../mint/run-controller.ts';
import { createType } from '../types/api/create-type.ts';
import { CREW_COUNT, demoEvent, demoList, demoTypes } from './demo-data.ts';
import { removeEvent } from './remove-event.ts';

/** How long a history waits for the tickets to be on the server; without it the event is there all the same. */
const PATIENCE_MS = 30_000;
const ALWAYS = { notBefore: null, notAfter: null };

/**
 * Makes an event with types, tickets and a history, all by the ways that people take: the list is read, signed here and
 * uploaded. Its tickets are declared as a rehearsal, so that they never pass.
 * @throws {ApiProblem | TicketmintError} and leaves nothing behind, as far as the server can be reached.
 */
export async function makeDemo(queryClient: QueryClient): Promise<EventRecord> {
  const input = demoEvent(Date.now());
  const event = await createEvent({ ...input, demo: true });
  try {
    await fill(event);
  } catch (error) {
    // What is left then stands in the list as a demo event, and can be removed there.
    await removeEvent(event.id).catch(() => {});
    throw error;
  } finally {
    await queryClient.invalidateQueries({ queryKey: eventsQuery.queryKey });
  }
  return event;
}

async function fill({ id: eventId, currency }: EventRecord): Promise<void> {
  const types: TicketType[] = [];
  let crew: TicketType | undefined;
  for (const { isByQuantity, ...input } of demoTypes(currency)) {
    const type = await createType(eventId, input);
    types.push(type);
    if (isByQuantity) crew = type;
  }
  const listRun = await mintList(eventId, types);
  const runs = [listRun];
  if (crew !== undefined)
    runs.push(await mint(eventId, types, { kind: 'quantity', typeIndex: crew.index, count: CREW_COUNT }));
  const [plan] = QUICK_PLANS.filter(({ id }) => id === 'door-list');
  if (plan !== undefined) await putExportTemplate(eventId, { id: newTemplateId(), name: 'Door list', plan: plan.plan });
  if ((await Promise.all(runs.map(isSoonDone))).every(Boolean)) await addHistory(eventId, listRun);
}

async function mintList(eventId: string, types: readonly TicketType[]): Promise<string> {
  const worker = startWorker('import');
  try {
    const file = new File([demoList()], 'Demo guests.csv', { type: 'text/csv', lastModified: 0 });
    const { source, hasHeader, targets } = await worker.call((list) => list.inspectList(file));
    const values = Object.fromEntries(types.map(({ name, index }) => [typeKey(name), index]));
    const job = {
      file,
      options: {
        source,
        hasHeader,
        targets: [...targets],
        types: { kind: 'column' as const, values },
        duplicates: 'keep-first' as const,
      },
      issued: null,
    };
    const nobodyWatches = () => proxy(() => {});
    const { report } = await worker.call((list) => list.checkList(job, nobodyWatches()));
    const checked = { kind: 'list', fileName: file.name, report, knowsIssued: true } as const;
    return await mint(eventId, types, checked, async (batches, chunkSize) => {
      await worker.call((list) => list.stageList(job, batches, chunkSize, nobodyWatches()));
    });
  } finally {
    worker.terminate();
  }
}

function mint(
  eventId: string,
  types: readonly TicketType[],
  source: DraftSource,
  stage?: (batches: Readonly<Record<number, string>>, chunkSize: number) => Promise<void>,
): Promise<string> {
  const plan = planOf({ eventId, source, seatPattern: null, validity: ALWAYS, rehearsal: true }, types);
  return startRun(plan, stage && ((batches) => stage(batches, plan.chunkSize)));
}

/** Whether all tickets of the run come to the server while one waits. */
function isSoonDone(runId: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), PATIENCE_MS);
  const watching = liveQuery(() => relaxedDatabase().runs.get(runId)).subscribe((run) => {
    if (run === undefined || run.state === 'done') resolve(run !== undefined);
  }, reject);
  return promise.finally(() => {
    clearTimeout(timer);
    watching.unsubscribe();
  });
}

/** A refund and a name that was corrected, so that the pages which tell of such things have something to tell. */
async function addHistory(eventId: string, runId: string): Promise<void> {
  const [batch] = await relaxedDatabase().batches.where('runId').equals(runId).sortBy('typeIndex');
  if (batch === undefined) return;
  const revocation = { batch: batch.id, from: 12, to: 15, reason: 'Refunded' };
  await api.post(`events/${eventId}/revocations`, { json: revocation });
  const correction = { serial: 3, column: 'holder', value: 'Anand Krishnamurthy' };
  await api.post(`events/${eventId}/batches/${batch.id}/corrections`, { json: correction });
}
