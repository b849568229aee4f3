import { MAX_SERIAL } from '../../../core/ticket/token.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import { relaxedDatabase, strictDatabase } from '../../database/database.ts';
import { readChanges, removeChange } from '../../database/waiting-changes.ts';
import { exportService } from '../exports/export-service.ts';
import { forgetWitnessOf } from '../store/witness.ts';

/** Removes a demo event from the server, then from this device. @throws {ApiProblem} */
export async function removeEvent(eventId: string): Promise<void> {
  try {
    await api.delete(`events/${eventId}`);
  } catch (error) {
    // Gone already: another tab or device, or a reply that was lost.
    if (!(error instanceof ApiProblem) || error.code !== 'event-not-found') throw error;
  }
  await forgetEvent(eventId);
}

async function forgetEvent(eventId: string): Promise<void> {
  for (const id of await relaxedDatabase().exports.where('eventId').equals(eventId).primaryKeys()) {
    await exportService.cancel(id);
    await exportService.forget(id);
  }
  for (const change of await readChanges()) if (change.eventId === eventId) await removeChange(change);
  forgetWitnessOf(eventId);
  const database = strictDatabase();
  const { runs, batches, keys, chunks, stagedPages, logs, settings } = database;
  await database.transaction('rw', [runs, batches, keys, chunks, stagedPages, logs, settings], async () => {
    const batchIds = await batches.where('eventId').equals(eventId).primaryKeys();
    for (const id of batchIds) {
      const ofBatch = [[id, 0], [id, MAX_SERIAL], true, true] as const;
      await chunks
        .where('[batchId+seq]')
        .between(...ofBatch)
        .delete();
      await stagedPages
        .where('[batchId+seq]')
        .between(...ofBatch)
        .delete();
    }
    await keys.bulkDelete(batchIds);
    await batches.bulkDelete(batchIds);
    const runIds = await runs.where('eventId').equals(eventId).primaryKeys();
    await logs.where('runId').anyOf(runIds).delete();
    await runs.bulkDelete(runIds);
    await settings.where('key').startsWith(`answer events/${eventId}`).delete();
  });
}
