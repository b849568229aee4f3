import { t } from '@lingui/core/macro';
import { Badge } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { formatCount } from '../../utils/format.ts';
import type { ChunkSlot } from './chunk-source.ts';
import { type CorrectionOverlay, type Ticket, ticketAt } from './ticket.ts';
import { TicketLink } from './ticket-link.tsx';
import classes from './ticket-list.module.css';

/** Of a ticket's chunk; `absent`: nobody whom this device can ask has it. */
export type RowSlot = ChunkSlot | { readonly state: 'absent' };

interface TicketCellsProps {
  readonly eventId: string;
  readonly batchId: string;
  readonly serial: number;
  readonly slot: RowSlot;
  readonly overlay: CorrectionOverlay;
  readonly isRevoked: boolean;
  /** Whether the row is reached by Tab; not where the list has the focus and moves within itself. */
  readonly isTabStop: boolean;
  /** Done before the ticket is opened; has to be the same function at every draw. */
  readonly beforeOpen?: () => Promise<void>;
  /** Between serial and code, where rows come from several batches: the type's name. */
  readonly typeName?: ReactNode;
}

/**
 * The cells of one ticket's row. The serial is known before its chunk is, so a row is never blank. Plain elements, and
 * drawn again only when something of theirs changes: dozens of rows pass in each frame of scrolling.
 */
export const TicketCells = memo(function TicketCells(props: TicketCellsProps) {
  const { eventId, batchId, serial, slot, overlay, isRevoked, isTabStop, beforeOpen, typeName } = props;
  const ticket = slot.state === 'ready' ? ticketAt(slot.chunk, serial, overlay) : undefined;
  return (
    <>
      <Cell area={classes.serial}>
        <TicketLink
          eventId={eventId}
          batchId={batchId}
          serial={serial}
          tabIndex={isTabStop ? 0 : -1}
          beforeOpen={beforeOpen}
          className={classes.link}
        >
          {formatCount(serial)}
        </TicketLink>
        {typeName}
      </Cell>
      <Cell area={classes.code}>
        <bdi>{ticket?.shortCode ?? insteadOfCode(slot)}</bdi>
      </Cell>
      <Cell area={classes.holder}>
        <bdi>{nameOf(ticket)}</bdi>
      </Cell>
      <Cell area={classes.seat}>
        <bdi>{ticket?.fields.get('seat')}</bdi>
      </Cell>
      <Cell area={classes.standing}>
        {isRevoked && (
          <Badge variant="light" color="red" leftSection={<IconBan size="1em" aria-hidden />}>
            {t`Revoked`}
          </Badge>
        )}
      </Cell>
    </>
  );
});

function Cell({ area, children }: { readonly area: string | undefined; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see the list and its rows.
    <div role="gridcell" className={area}>
      {children}
    </div>
  );
}

function insteadOfCode({ state }: RowSlot): string {
  if (state === 'absent') return t`Not uploaded yet`;
  return state === 'failed' ? t`Not available now` : '····-····-····';
}

function nameOf(ticket: Ticket | undefined): string | undefined {
  return ticket?.fields.get('holder') ?? ticket?.fields.get('email') ?? ticket?.fields.get('ref');
}
