import { t } from '@lingui/core/macro';
import { useDebouncedCallback } from '@mantine/hooks';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { Revocation } from '../../../core/api/batch.ts';
import { type BatchShape, seqOfSerial } from '../../../core/chunk/chunk.ts';
import { useRemPixels } from '../../utils/use-rem-pixels.ts';
import { rowAfterKey } from './list-keys.ts';
import { type CorrectionOverlay, revocationOf } from './ticket.ts';
import { type RowSlot, TicketCells } from './ticket-cells.tsx';
import { useOpenTicket } from './ticket-link.tsx';
import classes from './ticket-list.module.css';
import { useChunks } from './use-chunks.ts';
import { type RowWindow, useRowWindow } from './use-row-window.ts';

interface TicketListProps {
  readonly eventId: string;
  readonly batch: BatchShape & { readonly id: string };
  /** Whether a chunk can be read, here or from the server. */
  readonly hasChunk: (seq: number) => boolean;
  readonly overlay: CorrectionOverlay;
  readonly revocations: readonly Revocation[];
  /** Rows of two lines, for narrow screens. */
  readonly isNarrow: boolean;
  /** The serial to begin at. */
  readonly startAt: number;
  /** Told, once scrolling rests, which serial is the first in view. */
  readonly onRest: (firstSerial: number) => Promise<void>;
}

const ABSENT: RowSlot = { state: 'absent' };
const ROW_REM = { narrow: 4, wide: 2.75 };

/** All tickets of a batch, however many; rows are read as they come into view. Arrows move, Enter opens. */
export function TicketList(props: TicketListProps) {
  const { eventId, batch, hasChunk, overlay, revocations, isNarrow, startAt, onRest } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRemPixels() * (isNarrow ? ROW_REM.narrow : ROW_REM.wide);
  const rows = useRowWindow({ count: batch.count, rowHeight, scroller });
  const [active, setActive] = useState(startAt - 1);
  const openTicket = useOpenTicket(eventId, batch.id);
  useStartAt(startAt - 1, rows.reveal);

  const seqs = [...new Set(rows.items.map(({ index }) => seqOfSerial(batch, index + 1)))];
  const slotOf = useChunks(eventId, batch.id, useRested(seqs, rows.isScrolling).filter(hasChunk));
  const slotAt = (seq: number) => (hasChunk(seq) ? slotOf(seq) : ABSENT);

  const rest = useDebouncedCallback((serial: number) => void onRest(serial), 400);
  const first = rows.firstInView();
  useEffect(() => {
    if (!rows.isScrolling && first + 1 !== startAt) rest(first + 1);
  }, [rows.isScrolling, first, startAt, rest]);

  /** So that coming back from a ticket, one is where one was. */
  const { firstInView } = rows;
  const keepPlace = useCallback(() => {
    // A rest noted later would lead back from the page that is being opened.
    rest.cancel();
    return onRest(firstInView() + 1);
  }, [rest, onRest, firstInView]);
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return void keepPlace().then(() => openTicket(active + 1));
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const next = rowAfterKey(event.key, active, page, batch.count);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    rows.reveal(next);
  };
  const idOf = (index: number) => `ticket-${index + 1}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of a million rows cannot be laid out.
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={t`Tickets`}
      aria-rowcount={batch.count}
      aria-activedescendant={rows.items.some(({ index }) => index === active) ? idOf(active) : undefined}
      tabIndex={0}
      onKeyDown={move}
    >
      <div style={{ height: rows.realHeight, position: 'relative' }} role="presentation">
        {rows.items.map((item) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus.
          <div
            key={item.index}
            id={idOf(item.index)}
            role="row"
            aria-rowindex={item.index + 1}
            data-active={item.index === active || undefined}
            className={`${classes.row} ${classes.placed}`}
            style={{ top: rows.topOf(item), height: rowHeight }}
          >
            <TicketCells
              eventId={eventId}
              batchId={batch.id}
              serial={item.index + 1}
              slot={slotAt(seqOfSerial(batch, item.index + 1))}
              overlay={overlay}
              isTabStop={false}
              beforeOpen={keepPlace}
              isRevoked={revocationOf(revocations, batch.id, item.index + 1) !== undefined}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

/** Scrolls there once, when the list is first laid out. */
function useStartAt(index: number, reveal: RowWindow['reveal']): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (!isDone.current && index > 0) reveal(index, 'start');
    isDone.current = true;
  }, [index, reveal]);
}

/** What is flown over is not loaded: while a list scrolls through more than it can read, the last rest stands. */
function useRested(seqs: readonly number[], isScrolling: boolean): readonly number[] {
  const rested = useRef(seqs);
  const isNear = seqs.some((seq) => rested.current.includes(seq) || rested.current.includes(seq - 1));
  if (!isScrolling || isNear) rested.current = seqs;
  return rested.current;
}
