import type { EventRecord } from '../../../core/api/event.ts';
import type { BatchView } from './batch-view.ts';

type Described = Pick<BatchView, 'server' | 'local'>;

/** Whether its tickets are tests, which no gate lets in; at a demo event all are, and pass. */
export function isTest({ server, local }: Described, { demo }: Pick<EventRecord, 'demo'>): boolean {
  return (server ?? local)?.rehearsal === true && demo !== true;
}

/** Whether gates get the batch only once an administrator has approved it; also of one that the server has not heard of yet. */
export function isWaitingForApproval(view: Described, event: Pick<EventRecord, 'approval' | 'demo'>): boolean {
  if (view.server !== undefined) return view.server.approval === null;
  return event.approval === true && !isTest(view, event);
}
