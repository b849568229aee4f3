import type { Transaction } from 'kysely';
import type { Tables } from './schema.ts';

const OF_EVENT = [
  'scan',
  'ticket_use',
  'scan_conflict',
  'admission_minute',
  'admission',
  'admission_rules',
  'gate_change',
] as const;

/** Deletes an event with all that belongs to it, but for its lines in the audit log. */
export async function deleteEvent(transaction: Transaction<Tables>, eventId: string): Promise<void> {
  const batches = transaction.selectFrom('batch').select('id').where('event_id', '=', eventId);
  const chunks = transaction.selectFrom('chunk').select('id').where('batch_id', 'in', batches);
  await transaction.deleteFrom('chunk_verification').where('chunk_id', 'in', chunks).execute();
  await transaction.deleteFrom('chunk').where('batch_id', 'in', batches).execute();
  await transaction.deleteFrom('correction').where('batch_id', 'in', batches).execute();
  await transaction.deleteFrom('revocation').where('event_id', '=', eventId).execute();
  await transaction.deleteFrom('export_template').where('event_id', '=', eventId).execute();
  for (const table of OF_EVENT) await transaction.deleteFrom(table).where('event_id', '=', eventId).execute();
  await transaction.deleteFrom('used_page').where('batch_id', 'in', batches).execute();
  await transaction.deleteFrom('gate_pairing').where('event_id', '=', eventId).execute();
  await transaction.deleteFrom('gate_device').where('event_id', '=', eventId).execute();
  await transaction.deleteFrom('gate').where('event_id', '=', eventId).execute();
  await transaction.deleteFrom('batch').where('event_id', '=', eventId).execute();
  await transaction.deleteFrom('ticket_type').where('event_id', '=', eventId).execute();
  await transaction.deleteFrom('event').where('id', '=', eventId).execute();
}
