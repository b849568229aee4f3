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
  checking: 'Being checked…',
  valid: 'Genuine: checked here with the batch’s key',
  invalid: 'Not genuine: the signature does not match the batch’s key',
} as const;

export function TicketFacts({ batch, serial, chunk, event, type }: TicketFactsProps) {
  const verified = useVerified(batch, chunk, serial);
  const price =
    type === undefined ? null : type.priceMinor === 0 ? 'Free' : formatAmount(type.priceMinor, event.currency);
  return (
    <Facts
      title="Facts"
      facts={[
        ['Type', <TypeName key="type" type={type} index={batch.typeIndex} />],
        ['Price', price],
        ['Serial', formatCount(serial)],
        ['Minted', formatInstant(chunk.mintedAt, event.timeZone)],
        ['Signature', VERIFIED_WORDS[verified]],
        ['Kept', whereKept(batch, chunk.seq)],
      ]}
    />
  );
}

function whereKept({ local, server, state }: BatchView, seq: number): string {
  const isAcknowledged = local === undefined || hasSeq(local.acknowledged, seq) || state === 'complete';
  if (server === undefined || !isAcknowledged) return 'Buffered on this device, not on the server yet';
  return local === undefined || local.freed ? 'On the server' : 'On the server, and on this device';
}
