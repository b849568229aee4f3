import { t } from '@lingui/core/macro';
import { formatTickets } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';

/** Something a person should look at, with the batch to look at it in; null: several. */
export interface AttentionItem {
  readonly kind: 'refused' | 'quarantined' | 'lost' | 'not-approved' | 'not-uploaded';
  readonly batchId: string | null;
  readonly happened: string;
  /** What is safe, and what to do. */
  readonly todo: string;
}

/** What needs attention, the worst first. */
export function attentionOf(batches: readonly BatchView[]): readonly AttentionItem[] {
  return [
    ...batches.flatMap(quarantined),
    ...batches.flatMap(refused),
    ...batches.flatMap(lost),
    ...notApproved(batches.filter(({ server }) => server?.approval === null)),
    ...batches.flatMap(notUploaded),
  ];
}

function quarantined({ id, server }: BatchView): AttentionItem[] {
  if (server === undefined || server.quarantined === 0) return [];
  const happened = t`${{ tickets: formatTickets(server.quarantined) }} have a wrong signature.`;
  return [{ kind: 'quarantined', batchId: id, happened, todo: t`None of them is let in; the others are safe.` }];
}

function refused({ id, local }: BatchView): AttentionItem[] {
  if (local === undefined || local.refused.length === 0) return [];
  const happened = t`The server refused some tickets of this batch.`;
  return [{ kind: 'refused', batchId: id, happened, todo: t`They are kept on this device; the others go on.` }];
}

function lost({ id, state, count, stored }: BatchView): AttentionItem[] {
  if (state !== 'lost') return [];
  const happened = t`${{ tickets: formatTickets(count - stored) }} were lost with a device’s storage.`;
  return [
    { kind: 'lost', batchId: id, happened, todo: t`The ${{ tickets: formatTickets(stored) }} on the server are safe.` },
  ];
}

/** In one line, as all batches wait where an event asks for approval. */
function notApproved(waiting: readonly BatchView[]): AttentionItem[] {
  const [first] = waiting;
  if (first === undefined) return [];
  const tickets = formatTickets(waiting.reduce((sum, { count }) => sum + count, 0));
  return [
    {
      kind: 'not-approved',
      batchId: waiting.length === 1 ? first.id : null,
      happened: t`${{ tickets }} wait for approval.`,
      todo: t`Gates refuse them until an administrator has approved their batch.`,
    },
  ];
}

function notUploaded({ id, state, buffered, stored, local }: BatchView): AttentionItem[] {
  if (state !== 'uploading' || local === undefined || buffered <= stored) return [];
  const happened = t`${{ tickets: formatTickets(buffered - stored) }} are on this device only.`;
  return [{ kind: 'not-uploaded', batchId: id, happened, todo: t`Keep this page open until they are on the server.` }];
}
