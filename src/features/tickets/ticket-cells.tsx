import { Badge, Skeleton, Text } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatCount } from '../../utils/format.ts';
import type { ChunkSlot } from './chunk-source.ts';
import { type CorrectionOverlay, type Ticket, ticketAt } from './ticket.ts';
import classes from './ticket-list.module.css';

interface TicketCellsProps {
  readonly eventId: string;
  readonly batchId: string;
  readonly serial: number;
  readonly slot: ChunkSlot;
  readonly overlay?: CorrectionOverlay;
  readonly isRevoked: boolean;
  /** Between serial and code, where rows come from several batches: the type's name. */
  readonly typeName?: ReactNode;
}

/** The cells of one ticket's row. The serial is known before its chunk is, so a row is never blank. */
export function TicketCells({ eventId, batchId, serial, slot, overlay, isRevoked, typeName }: TicketCellsProps) {
  const ticket = slot.state === 'ready' ? ticketAt(slot.chunk, serial, overlay) : undefined;
  return (
    <>
      <Text role="gridcell" size="sm" className={classes.serial} c="dimmed" component="div">
        <Link
          className={classes.link}
          to="/events/$eventId/tickets/batches/$batchId/tickets/$serial"
          params={{ eventId, batchId, serial: String(serial) }}
          tabIndex={-1}
        >
          {formatCount(serial)}
        </Link>
        {typeName}
      </Text>
      <Text role="gridcell" size="sm" ff="monospace" className={classes.code} component="div">
        {ticket?.shortCode ?? <Pending slot={slot} />}
      </Text>
      <Text role="gridcell" size="sm" className={classes.holder} truncate component="div">
        {nameOf(ticket)}
      </Text>
      <Text role="gridcell" size="sm" className={classes.seat} truncate component="div">
        {ticket?.fields.get('seat')}
      </Text>
      <Text role="gridcell" size="sm" className={classes.standing} component="div">
        {isRevoked && (
          <Badge variant="light" color="red" tt="none" leftSection={<IconBan size="1em" aria-hidden />}>
            Revoked
          </Badge>
        )}
      </Text>
    </>
  );
}

function Pending({ slot }: { readonly slot: ChunkSlot }) {
  return slot.state === 'failed' ? (
    <Text span inherit c="dimmed" ff="text">
      Not available now
    </Text>
  ) : (
    <Skeleton h="0.8rem" w="8rem" animate={false} />
  );
}

function nameOf(ticket: Ticket | undefined): string | undefined {
  return ticket?.fields.get('holder') ?? ticket?.fields.get('email') ?? ticket?.fields.get('ref');
}
