import type { ReactNode } from 'react';
import type { EventRecord } from '../../../core/api/event.ts';
import { Copyable } from '../../components/copyable.tsx';
import { formatCount, formatInstant } from '../../utils/format.ts';
import type { BatchView } from './batch-view.ts';

const SEALS = {
  complete: 'Closed complete',
  cancelled: 'Closed when it was cancelled',
  lost: 'Closed because its device lost it',
} as const;

/** What a batch is, as labels and values. */
export function batchFacts(batch: BatchView, event: EventRecord): readonly (readonly [string, ReactNode])[] {
  const { server, local } = batch;
  const at = (instant: number | null) =>
    instant === null ? 'The event’s own time' : formatInstant(instant, event.timeZone);
  const shape = server ?? local;
  const sealReason = server?.sealReason ?? local?.sealed ?? null;
  return [
    ['Batch', <Copyable key="id" value={batch.id} label="batch id" groupsOf={4} />],
    ['Public key', shape === undefined ? null : <Copyable key="key" value={shape.publicKey} label="public key" />],
    ['Serials', `1 to ${formatCount(batch.count)}`],
    ['Attendee data', batch.personalised ? 'Yes' : 'No, serials only'],
    ['Valid from', shape === undefined ? null : at(shape.notBefore)],
    ['Valid until', shape === undefined ? null : at(shape.notAfter)],
    ['Signing key', shape === undefined ? null : keyWords(shape.keyProtection, local?.state === 'minting')],
    ['On the server', sealReason === null ? (server === undefined ? 'Not announced yet' : 'Open') : SEALS[sealReason]],
    ['Closed', server?.sealedAt == null ? null : formatInstant(server.sealedAt, event.timeZone)],
  ];
}

function keyWords(protection: 'webcrypto' | 'software', isMinting: boolean): string {
  const kind =
    protection === 'webcrypto'
      ? 'Made non-extractable by the browser'
      : 'Kept encrypted, as this browser lacks Ed25519';
  return isMinting ? `${kind}; deleted once all is minted` : `${kind}; deleted after minting`;
}
