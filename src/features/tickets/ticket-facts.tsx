import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import type { EventRecord, TicketType } from '../../../core/api/event.ts';
import type { Chunk } from '../../../core/chunk/chunk.ts';
import { hasSeq } from '../../../core/chunk/seq-ranges.ts';
import { Facts } from '../../components/facts.tsx';
import { formatAmount, formatCount, formatInstant } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { TypeName } from '../types/type-name.tsx';
import { useVerified } from './use-verified.ts';

interface TicketFactsProps {
  readonly batch: BatchView;
  readonly serial: number;
  readonly chunk: Chunk;
  readonly event: EventRecord;
  readonly type: TicketType | undefined;
}

const VERIFIED_WORDS = {
  checking: msg`Being checked…`,
  valid: msg`Genuine: checked here with the batch’s key`,
  invalid: msg`Not genuine: the signature does not match the batch’s key`,
} as const;

export function TicketFacts({ batch, serial, chunk, event, type }: TicketFactsProps) {
  const verified = useVerified(batch, chunk, serial);
  const price =
    type === undefined ? null : type.priceMinor === 0 ? t`Free` : formatAmount(type.priceMinor, event.currency);
  return (
    <Facts
      title={t`Facts`}
      facts={[
        [t`Type`, <TypeName key="type" type={type} index={batch.typeIndex} />],
        [t`Price`, price],
        [t`Serial`, formatCount(serial)],
        [t`Minted`, formatInstant(chunk.mintedAt, event.timeZone)],
        [t`Signature`, i18n._(VERIFIED_WORDS[verified])],
        [t`Kept`, whereKept(batch, chunk.seq)],
      ]}
    />
  );
}

function whereKept({ local, server, state }: BatchView, seq: number): string {
  const isAcknowledged = local === undefined || hasSeq(local.acknowledged, seq) || state === 'complete';
  if (server === undefined || !isAcknowledged) return t`Buffered on this device, not on the server yet`;
  return local === undefined || local.freed ? t`On the server` : t`On the server, and on this device`;
}
