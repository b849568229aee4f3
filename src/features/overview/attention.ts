import { t } from '@lingui/core/macro';
import { formatTickets } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';

/** Something a person should look at, with the batch to look at it in. */
export interface AttentionItem {
  readonly kind: 'refused' | 'quarantined' | 'lost' | 'not-approved' | 'not-uploaded';
  readonly batchId: string;
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
    ...batches.flatMap(notApproved),
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

function notApproved({ id, count, server }: BatchView): AttentionItem[] {
  if (server?.approval !== null) return [];
  const happened = t`${{ tickets: formatTickets(count) }} wait for approval.`;
  return [
    {
      kind: 'not-approved',
      batchId: id,
      happened,
      todo: t`Gates refuse them until an administrator has approved the batch.`,
    },
  ];
}

function notUploaded({ id, state, buffered, stored, local }: BatchView): AttentionItem[] {
  if (state !== 'uploading' || local === undefined || buffered <= stored) return [];
  const happened = t`${{ tickets: formatTickets(buffered - stored) }} are on this device only.`;
  return [{ kind: 'not-uploaded', batchId: id, happened, todo: t`Keep this page open until they are on the server.` }];
}
