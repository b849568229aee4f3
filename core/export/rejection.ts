import { TicketmintError } from '../errors.ts';

/** Why a record was set aside, in words without anything of the record itself. */
export function rejectionReason(error: unknown): string {
  return error instanceof TicketmintError ? error.message : 'the record could not be read';
}
