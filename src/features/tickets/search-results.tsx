import { t } from '@lingui/core/macro';
import { Alert, EmptyState, Paper, Stack, Text } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { TicketHit } from '../../../core/api/batch.ts';
import { seqOfSerial } from '../../../core/chunk/chunk.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount, formatTickets } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useCorrections, useRevocations } from '../changes/use-changes.ts';
import { useEvent } from '../events/use-event.ts';
import { TypeName } from '../types/type-name.tsx';
import { useTypes } from '../types/use-types.ts';
import { SEARCH_LIMIT } from './api/find-tickets.ts';
import { rowAfterKey } from './list-keys.ts';
import { overlayOf, revocationOf } from './ticket.ts';
import { TicketCells } from './ticket-cells.tsx';
import classes from './ticket-list.module.css';
import { understandQuery } from './ticket-query.ts';
import { useChunkSource } from './use-chunks.ts';
import { useTicketSearch } from './use-ticket-search.ts';

interface SearchResultsProps {
  readonly q: string;
  /** Where to look. */
  readonly batches: readonly BatchView[];
}

/** What a search found, on the server and on this device. */
export function SearchResults({ q, batches }: SearchResultsProps) {
  const { id: eventId } = useEvent();
  const { hits, isSearching, serverError, localError, notYetIndexed } = useTicketSearch(eventId, q, batches);
  const shown = hits.slice(0, SEARCH_LIMIT);
  return (
    <Stack gap="sm">
      {serverError !== null && <ProblemAlert error={serverError} title={t`Only this device was searched.`} />}
      {localError !== null && <ProblemAlert error={localError} title={t`This device could not be searched.`} />}
      {understandQuery(q).kind === 'not-a-token' ? (
        <Alert color="red" title={t`This is not a whole ticket code`}>
          {t`A scanned code has 122 characters, all of which must be right. Scan it again, or type the short code.`}
        </Alert>
      ) : (
        <div role="status">
          <Summary
            found={hits.length}
            isSearching={isSearching}
            notYetIndexed={notYetIndexed}
            isWhole={serverError === null && localError === null}
          />
        </div>
      )}
      {shown.length > 0 && <HitList hits={shown} batches={batches} />}
    </Stack>
  );
}

interface HitListProps {
  readonly hits: readonly TicketHit[];
  readonly batches: readonly BatchView[];
}

const PAGE_ROWS = 10;

/** One stop of Tab; arrows move within, Enter opens. */
function HitList({ hits, batches }: HitListProps) {
  const [active, setActive] = useState(0);
  const stop = Math.min(active, hits.length - 1);
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = rowAfterKey(event.key, stop, PAGE_ROWS, hits.length);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    event.currentTarget.querySelectorAll('a').item(next)?.focus();
  };
  return (
    <Paper withBorder role="grid" aria-label={t`Tickets found`} aria-rowcount={hits.length} onKeyDown={move}>
      {hits.map((hit, index) => {
        const batch = batches.find(({ id }) => id === hit.batch);
        const key = `${hit.batch}/${hit.serial}`;
        return batch && <HitRow key={key} batch={batch} serial={hit.serial} isTabStop={index === stop} />;
      })}
    </Paper>
  );
}

interface SummaryProps {
  readonly found: number;
  readonly isSearching: boolean;
  readonly notYetIndexed: number;
  /** Whether both the server and this device were searched. */
  readonly isWhole: boolean;
}

function Summary({ found, isSearching, notYetIndexed, isWhole }: SummaryProps) {
  const later =
    notYetIndexed > 0
      ? t` ${{ tickets: formatTickets(notYetIndexed) }} cannot be searched yet; they will be in a moment.`
      : '';
  if (found === 0 && !isSearching)
    return (
      <EmptyState
        icon={<IconSearchOff aria-hidden />}
        title={t`No ticket found`}
        description={
          isWhole ? t`Looked on the server and on this device.${later}` : t`Not all of the tickets could be searched.`
        }
      />
    );
  const count =
    found >= SEARCH_LIMIT
      ? t`The first ${{ SEARCH_LIMIT: formatCount(SEARCH_LIMIT) }}; type more to narrow it.`
      : t`${{ tickets: formatTickets(found) }} found.`;
  return (
    <Text size="sm" c="dimmed">
      {isSearching ? t`Searching…` : count}
      {later}
    </Text>
  );
}

interface HitRowProps {
  readonly batch: BatchView;
  readonly serial: number;
  readonly isTabStop: boolean;
}

function HitRow({ batch, serial, isTabStop }: HitRowProps) {
  const { id: eventId } = useEvent();
  const source = useChunkSource(eventId);
  const seq = seqOfSerial(batch, serial);
  const slot = source.peek(batch.id, seq);
  const { data: revocations } = useRevocations(eventId);
  const corrections = useCorrections(eventId, batch.id, batch.personalised && batch.server !== undefined);
  const type = useTypes().find(({ index }) => index === batch.typeIndex);
  useEffect(() => source.load(batch.id, seq), [source, batch.id, seq]);
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the row's link has the focus.
    <div role="row" className={`${classes.row} ${classes.listed}`}>
      <TicketCells
        eventId={eventId}
        batchId={batch.id}
        serial={serial}
        slot={slot}
        overlay={overlayOf(corrections)}
        isTabStop={isTabStop}
        isRevoked={revocationOf(revocations, batch.id, serial) !== undefined}
        typeName={<TypeName type={type} index={batch.typeIndex} />}
      />
    </div>
  );
}
