import { expose } from 'comlink';
import { installErrorTransfer } from './error-transfer.ts';
import { findTickets } from './tickets/find-tickets.ts';

installErrorTransfer();

const api = {
  /** See {@link findTickets}. */
  findTickets,
};
export type TicketsApi = typeof api;

expose(api);
