import type { QueryClient } from '@tanstack/react-query';
import type { TicketType } from '../../../core/api/event.ts';
import { scanTotalsSchema } from '../../../core/api/gate.ts';
import { exportError } from '../../../core/export/fault-error.ts';
import type { CheckInsRequest } from '../../../core/export/job.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { gateDevicesQuery, gatesQuery } from '../gates/api/get-gates.ts';

interface CheckInsInput {
  readonly queryClient: QueryClient;
  readonly eventId: string;
  readonly types: readonly TicketType[];
  /** All batches of the event. */
  readonly batches: readonly BatchView[];
}

/**
 * What an export must know of the event's scans: how many there are now, and the names that their ids stand for.
 * @throws {TicketmintError} `export-incomplete` where the server cannot be asked: it alone has them.
 */
export async function gatherCheckIns({
  queryClient,
  eventId,
  types,
  batches,
}: CheckInsInput): Promise<CheckInsRequest> {
  try {
    const [totals, gates, devices] = await Promise.all([
      api.get(`events/${eventId}/scan-totals`).json(scanTotalsSchema),
      queryClient.fetchQuery({ ...gatesQuery(eventId), staleTime: 0 }),
      queryClient.fetchQuery({ ...gateDevicesQuery(eventId), staleTime: 0 }),
    ]);
    const typeOf = ({ typeIndex }: BatchView) => ({
      index: typeIndex,
      name: types.find(({ index }) => index === typeIndex)?.name ?? `Type ${typeIndex}`,
    });
    return {
      ...totals,
      gateNames: Object.fromEntries(gates.map(({ id, name }) => [id, name])),
      deviceNames: Object.fromEntries(devices.map(({ id, name }) => [id, name])),
      types: Object.fromEntries(batches.map((view) => [view.id, typeOf(view)])),
    };
  } catch (error) {
    const isSignedOut = error instanceof ApiProblem && error.code === 'not-signed-in';
    throw exportError(
      { code: isSignedOut ? 'scans-signed-out' : 'scans-unreachable' },
      { cause: error, retryable: true },
    );
  }
}
