import type { TicketHit } from '../../core/api/batch.ts';
import { decodeTrustedChunk, seqOfSerial } from '../../core/chunk/chunk.ts';
import { parseShortCode } from '../../core/ticket/short-code.ts';
import { MAX_SERIAL, normalizeTokenInput, parseToken } from '../../core/ticket/token.ts';
import { type BufferedChunk, type LocalBatch, relaxedDatabase } from '../../src/database/database.ts';
import { fieldMatcher, type Match, serialMatcher, shortCodeMatcher, signatureMatcher } from './matchers.ts';

/** Chunks read at a time: bounds memory, and keeps IndexedDB from being asked for each chunk alone. */
const PAGE = 64;

/**
 * Finds tickets among the chunks that are buffered on this device, those not uploaded yet included.
 * @param batchIds where to look, in this order.
 * @param query a token, a short code, a serial, or text that stands in one of a ticket's fields; as typed or scanned.
 * @param limit at most so many hits; the search ends there.
 * @returns the hits in the order of batches and serials. Holds {@link PAGE} chunks in memory.
 */
export async function findTickets(batchIds: readonly string[], query: string, limit: number): Promise<TicketHit[]> {
  const batches = (await relaxedDatabase().batches.bulkGet([...batchIds])).filter((batch) => batch !== undefined);
  const token = parseToken(normalizeTokenInput(query));
  if (token !== undefined) {
    const batch = batches.find(({ id }) => id === token.batchId);
    if (batch === undefined) return [];
    const { serial, signature } = token;
    return findInRange(batch, { from: serial, to: serial, match: signatureMatcher(serial, signature), limit });
  }
  const hits: TicketHit[] = [];
  for (const batch of batches) {
    if (hits.length >= limit) break;
    hits.push(...(await findInBatch(batch, query, limit - hits.length)));
  }
  return hits;
}

async function findInBatch(batch: LocalBatch, query: string, limit: number): Promise<TicketHit[]> {
  const code = parseShortCode(query);
  const serial = /^\d{1,10}$/.test(query.trim()) ? Number(query) : undefined;
  const matchers = [
    ...(serial === undefined ? [] : [serialMatcher(serial)]),
    ...(code === undefined ? [] : [shortCodeMatcher(code)]),
    ...(batch.personalised ? [fieldMatcher(query)] : []),
  ];
  // A serial alone names its chunk; a code or a field may stand in any.
  const isSerialOnly = serial !== undefined && code === undefined && !batch.personalised;
  const [from, to] = isSerialOnly ? [serial, serial] : [1, batch.count];
  return matchers.length === 0 ? [] : findInRange(batch, { from, to, match: firstOf(matchers), limit });
}

function firstOf(matchers: readonly Match[]): Match {
  return (chunk, index) => {
    for (const match of matchers) {
      const matched = match(chunk, index);
      if (matched !== undefined) return matched;
    }
    return undefined;
  };
}

interface RangeSearch {
  readonly from: number;
  readonly to: number;
  readonly match: Match;
  readonly limit: number;
}

async function findInRange(batch: LocalBatch, { from, to, match, limit }: RangeSearch): Promise<TicketHit[]> {
  const hits: TicketHit[] = [];
  if (from < 1 || from > Math.min(batch.count, MAX_SERIAL)) return hits;
  for await (const { bytes } of bufferedChunks(batch.id, seqOfSerial(batch, from), seqOfSerial(batch, to))) {
    const chunk = decodeTrustedChunk(bytes);
    for (let index = 0; index < chunk.count; index++) {
      const matched = match(chunk, index);
      if (matched === undefined) continue;
      hits.push({ batch: batch.id, serial: chunk.firstSerial + index, matched });
      if (hits.length >= limit) return hits;
    }
  }
  return hits;
}

async function* bufferedChunks(batchId: string, firstSeq: number, lastSeq: number): AsyncGenerator<BufferedChunk> {
  const { chunks } = relaxedDatabase();
  for (let next = firstSeq; next <= lastSeq; ) {
    const page = await chunks
      .where('[batchId+seq]')
      .between([batchId, next], [batchId, lastSeq], true, true)
      .limit(PAGE)
      .toArray();
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    next = last.seq + 1;
  }
}
