import type { BenchTicket } from './ticket.ts';

/** Writes tickets as a PDF, 2 × 4 on A4, compressed, with an embedded font; gives the bytes away as they come. */
export interface TicketWriter {
  write(tickets: Iterable<BenchTicket>): AsyncIterable<Uint8Array<ArrayBuffer>>;
}
