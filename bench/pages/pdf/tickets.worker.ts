import { expose, transfer } from 'comlink';
import { collectEarly } from '../../../workers/early-collection.ts';
import { ours } from './ours.ts';
import { type BenchTicket, makeTickets } from './ticket.ts';
import type { TicketWriter } from './writer.ts';

/** Tickets in memory at most; more are these again and again. */
const DISTINCT = 10_000;

let writer: TicketWriter = ours;
let tickets: readonly BenchTicket[] = [];
let wanted = 0;

function* wantedTickets(): Generator<BenchTicket> {
  for (let index = 0; index < wanted; index++) yield tickets[index % tickets.length] as BenchTicket;
}

const api = {
  async prepare(name: string, count: number): Promise<void> {
    const chosen = name === 'ours' ? ours : (await import('./peers.ts')).PEERS[name];
    if (chosen === undefined) throw new TypeError(`expected a known writer, received ${name}`);
    writer = chosen;
    wanted = count;
    tickets = makeTickets(Math.min(count, DISTINCT));
  },

  /** Writes all and drops the bytes. @returns how many. */
  async write(): Promise<number> {
    let bytes = 0;
    for await (const chunk of writer.write(wantedTickets())) bytes += chunk.length;
    return bytes;
  },

  /** Writes the distinct tickets once more. */
  async file(): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of writer.write(tickets)) chunks.push(chunk.slice());
    const file = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return transfer(file, [file.buffer]);
  },

  tickets: (): readonly BenchTicket[] => tickets,
};
export type TicketsPdfApi = typeof api;

// As the app's own worker does.
collectEarly();
expose(api);
