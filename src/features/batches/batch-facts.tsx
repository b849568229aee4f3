import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import type { EventRecord } from '../../../core/api/event.ts';
import { Copyable } from '../../components/copyable.tsx';
import { formatCount, formatInstant } from '../../utils/format.ts';
import type { BatchView } from './batch-view.ts';

const SEALS = {
  complete: msg`Closed complete`,
  cancelled: msg`Closed when it was cancelled`,
  lost: msg`Closed because its device lost it`,
} as const;

/** What a batch is, as labels and values. */
export function batchFacts(batch: BatchView, event: EventRecord): readonly (readonly [string, ReactNode])[] {
  const { server, local } = batch;
  const at = (instant: number | null) =>
    instant === null ? t`The event’s own time` : formatInstant(instant, event.timeZone);
  const shape = server ?? local;
  const sealReason = server?.sealReason ?? local?.sealed ?? null;
  return [
    [t`Batch`, <Copyable key="id" value={batch.id} label={t`batch id`} groupsOf={4} />],
    [t`Public key`, shape === undefined ? null : <Copyable key="key" value={shape.publicKey} label={t`public key`} />],
    [t`Serials`, t`1 to ${{ count: formatCount(batch.count) }}`],
    [t`In earnest`, shape?.rehearsal === true ? t`Never: it is a rehearsal` : null],
    [t`Attendee data`, batch.personalised ? t`Yes` : t`No, serials only`],
    [t`Valid from`, shape === undefined ? null : at(shape.notBefore)],
    [t`Valid until`, shape === undefined ? null : at(shape.notAfter)],
    [t`Signing key`, shape === undefined ? null : keyWords(shape.keyProtection, local?.state === 'minting')],
    [
      t`On the server`,
      sealReason === null ? (server === undefined ? t`Not announced yet` : t`Open`) : i18n._(SEALS[sealReason]),
    ],
    [t`Closed`, server?.sealedAt == null ? null : formatInstant(server.sealedAt, event.timeZone)],
  ];
}

function keyWords(protection: 'webcrypto' | 'software', isMinting: boolean): string {
  const kind =
    protection === 'webcrypto'
      ? t`Made non-extractable by the browser`
      : t`Kept encrypted, as this browser lacks Ed25519`;
  return isMinting ? t`${kind}; deleted once all is minted` : t`${kind}; deleted after minting`;
}
