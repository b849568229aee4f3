import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface TicketLinkProps {
  readonly eventId: string;
  readonly batchId: string;
  readonly serial: number;
  /** -1 where the list itself has the focus. */
  readonly tabIndex: 0 | -1;
  readonly beforeOpen?: (() => Promise<void>) | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A link to a ticket for long lists: the router's own works out its address, and whether it is current, at every draw. */
export function TicketLink({ eventId, batchId, serial, tabIndex, beforeOpen, className, children }: TicketLinkProps) {
  const openTicket = useOpenTicket(eventId, batchId);
  const open = async (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    await beforeOpen?.();
    openTicket(serial);
  };
  const href = `/events/${eventId}/tickets/batches/${batchId}/tickets/${serial}`;
  return (
    <a className={className} href={href} onClick={(event) => void open(event)} tabIndex={tabIndex}>
      {children}
    </a>
  );
}

export function useOpenTicket(eventId: string, batchId: string): (serial: number) => void {
  const navigate = useNavigate();
  return (serial) =>
    void navigate({
      to: '/events/$eventId/tickets/batches/$batchId/tickets/$serial',
      params: { eventId, batchId, serial: String(serial) },
    });
}
