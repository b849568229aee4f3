import { type Chunk, chunkRange } from '../../chunk/chunk.ts';
import { hasSeq, rangesOfSeqs, type SeqRanges, seqsOf } from '../../chunk/seq-ranges.ts';
import type { DateColumn, Filter } from '../filters.ts';
import { fold } from './check-in-filter.ts';
import type { TicketBatch } from './ticket-batch.ts';
import { type Cell, personalColumns, ticketCells } from './ticket-cells.ts';

/** What is to be read of a batch, as far as that can be told without reading it. */
export interface BatchSelection {
  readonly batch: TicketBatch;
  /** The chunks that may hold tickets that are meant. */
  readonly seqs: SeqRanges;
  /** What each of their tickets still has to fulfil; null: nothing. */
  readonly filter: Filter | null;
}

/** Leaves out the batches and chunks of which no ticket can be meant. */
export function selectBatches(batches: readonly TicketBatch[], filter: Filter | null): readonly BatchSelection[] {
  if (filter === null) return batches.map((batch) => ({ batch, seqs: batch.seqs, filter }));
  return batches.flatMap((batch) => {
    const settled = settle(filter, { batch, first: 1, last: batch.count });
    if (settled === false) return [];
    if (settled === true) return { batch, seqs: batch.seqs, filter: null };
    const mayHold = (seq: number) => {
      const { firstSerial, count } = chunkRange(batch, seq);
      return settle(settled, { batch, first: firstSerial, last: firstSerial + count - 1 }) !== false;
    };
    const seqs = rangesOfSeqs([...seqsOf(batch.seqs)].filter(mayHold));
    return seqs.length === 0 ? [] : { batch, seqs, filter: settled };
  });
}

/** Tells of each ticket of a chunk, by its index, whether it is meant. */
export type TicketTest = (index: number) => boolean;

/** The tests of a selection's chunks; null: all their tickets are meant. */
export function ticketTests({ batch, filter }: BatchSelection): ((chunk: Chunk) => TicketTest) | null {
  if (filter === null) return null;
  return (chunk) => {
    const { firstSerial, count, mintedAt } = chunk;
    const settled = settle(filter, { batch, first: firstSerial, last: firstSerial + count - 1, mintedAt });
    return typeof settled === 'boolean' ? () => settled : compile(settled, batch, chunk);
  };
}

/** Consecutive tickets of a batch; `mintedAt` once a chunk of theirs was read. */
interface TicketSpan {
  readonly batch: TicketBatch;
  readonly first: number;
  readonly last: number;
  readonly mintedAt?: number;
}

/** The filter as it is for all tickets of a span: what is decided is taken out of it. */
function settle(filter: Filter, span: TicketSpan): Filter | boolean {
  switch (filter.kind) {
    case 'and':
      return settleAll(filter.filters, span, false);
    case 'or':
      return settleAll(filter.filters, span, true);
    case 'not': {
      const inner = settle(filter.filter, span);
      return typeof inner === 'boolean' ? !inner : { kind: 'not', filter: inner };
    }
    case 'type':
      return filter.types.includes(span.batch.typeIndex);
    case 'batch':
      return filter.batches.includes(span.batch.id);
    case 'gate':
    case 'scan':
    case 'effect':
      return false;
    case 'status':
      return span.batch.revoked.length === 0 ? filter.statuses.includes('valid') : filter;
    case 'serial': {
      const [from, to] = [filter.from ?? 1, filter.to ?? Number.POSITIVE_INFINITY];
      if (span.last < from || span.first > to) return false;
      return (span.first >= from && span.last <= to) || filter;
    }
    case 'date': {
      const at = instantOf(filter.column, span);
      if (at === undefined) return filter;
      return at !== null && at >= (filter.from ?? 0) && at < (filter.before ?? Number.POSITIVE_INFINITY);
    }
    case 'text':
      return fold(filter.text) === '' || filter;
  }
}

/** @param deciding the outcome of one filter that decides for all: true of `or`, false of `and`. */
function settleAll(filters: readonly Filter[], span: TicketSpan, deciding: boolean): Filter | boolean {
  const open: Filter[] = [];
  for (const filter of filters) {
    const settled = settle(filter, span);
    if (settled === deciding) return deciding;
    if (typeof settled !== 'boolean') open.push(settled);
  }
  const [only] = open;
  if (only === undefined) return !deciding;
  return open.length === 1 ? only : { kind: deciding ? 'or' : 'and', filters: open };
}

function instantOf(column: DateColumn, { batch, mintedAt }: TicketSpan): number | null | undefined {
  if (column === 'mintedAt') return mintedAt;
  return column === 'notBefore' || column === 'notAfter' ? batch[column] : null;
}

function compile(filter: Filter, batch: TicketBatch, chunk: Chunk): TicketTest {
  const { firstSerial } = chunk;
  switch (filter.kind) {
    case 'and': {
      const tests = filter.filters.map((one) => compile(one, batch, chunk));
      return (index) => tests.every((test) => test(index));
    }
    case 'or': {
      const tests = filter.filters.map((one) => compile(one, batch, chunk));
      return (index) => tests.some((test) => test(index));
    }
    case 'not': {
      const test = compile(filter.filter, batch, chunk);
      return (index) => !test(index);
    }
    case 'status':
      return (index) => filter.statuses.includes(hasSeq(batch.revoked, firstSerial + index) ? 'revoked' : 'valid');
    case 'text': {
      const columnIds = filter.columns ?? [...new Set(personalColumns(batch))];
      const cells = ticketCells({ eventName: '', batch, columnIds, isSparse: true })(chunk);
      const wanted = fold(filter.text);
      return (index) => cells.some((cell) => holdsText(cell, index, wanted));
    }
    default:
      return (index) => {
        const serial = firstSerial + index;
        return settle(filter, { batch, first: serial, last: serial, mintedAt: chunk.mintedAt }) === true;
      };
  }
}

function holdsText(cell: Cell, index: number, wanted: string): boolean {
  const value = cell(index);
  return value !== null && fold(String(value)).includes(wanted);
}
