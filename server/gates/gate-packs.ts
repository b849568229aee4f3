import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CodePackPart, NamePackPart, NamePage } from '../../core/api/gate-pack.ts';
import { decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { packCodes } from '../../core/gate/code-pack.ts';
import { NAME_RECORD_BYTES } from '../../core/gate/name-pack.ts';
import type { GatePackStore, PackedChunk } from '../store/gate-pack-store.ts';
import { NameRecords } from './name-records.ts';

/** Tickets in one answer: a megabyte of codes, or one and a half of names. */
const CODES_IN_PART = 131_072;
const NAMES_IN_PART = 8_192;
/** Chunks looked at for one answer: the smallest have 50 tickets. */
const CHUNKS_IN_PART = 300;
/** Corrected tickets in one answer. */
const CORRECTED_IN_PART = 100;

interface Position {
  readonly chunk: number;
  /** The first 4 bytes of the chunk's hash, in hex; zeros before the first chunk. */
  readonly hash: string;
  readonly correction: number;
}

const BEGINNING: Position = { chunk: 0, hash: '00000000', correction: 0 };

/** Makes packs for gates, part by part, from what is stored; between chunks other requests are answered. */
export class GatePacks {
  readonly #store: GatePackStore;
  readonly #records: NameRecords;

  constructor(store: GatePackStore) {
    this.#store = store;
    this.#records = new NameRecords(store);
  }

  /** @param after the cursor of the part before; from the beginning without it, or when it is another store's. */
  async codes(eventId: string, after: string | undefined): Promise<CodePackPart> {
    const from = await this.#find(eventId, after);
    const { chunks, more, position } = await this.#chunksAfter(eventId, from ?? BEGINNING, CODES_IN_PART);
    const pages: CodePackPart['pages'] = [];
    for (const { id, batch, firstSerial } of chunks) {
      await nextTurn();
      const body = await this.#store.readBody(id);
      if (body === undefined) continue;
      pages.push({ batch, firstSerial, codes: packCodes(decodeTrustedChunk(body).signatures) });
    }
    return { ...partOf({ from, position, more }), pages };
  }

  /** @param after as of {@link codes}. */
  async names(eventId: string, after: string | undefined): Promise<NamePackPart> {
    const from = await this.#find(eventId, after);
    // What is corrected from now on is told once more after the chunks.
    const start = from ?? { ...BEGINNING, correction: await this.#store.newestCorrection(eventId) };
    const { chunks, more, position } = await this.#chunksAfter(eventId, start, NAMES_IN_PART);
    const pages: NamePage[] = [];
    for (const chunk of chunks) {
      const records = await this.#records.of(chunk);
      if (records !== undefined) pages.push({ batch: chunk.batch, firstSerial: chunk.firstSerial, records });
    }
    const what = more ? { pages: [], more, correction: position.correction } : await this.#corrected(eventId, position);
    const { correction } = what;
    return {
      ...partOf({ from, position: { ...position, correction }, more: what.more }),
      recordBytes: NAME_RECORD_BYTES,
      pages: [...pages, ...what.pages],
    };
  }

  /** Where a cursor stands; `undefined` when it is none of this store's, as after a restore of an older one. */
  async #find(eventId: string, after: string | undefined): Promise<Position | undefined> {
    if (after === undefined) return undefined;
    const [chunk = '', hash = '', correction = ''] = after.split('.');
    const position = { chunk: Number(chunk), hash, correction: Number(correction) };
    if (position.correction > (await this.#store.newestCorrection(eventId))) return undefined;
    if (position.chunk === 0) return position;
    const found = await this.#store.findChunk(eventId, position.chunk);
    return found !== undefined && hashOf(found) === hash ? position : undefined;
  }

  async #chunksAfter(eventId: string, from: Position, tickets: number) {
    const listed = await this.#store.listChunks(eventId, from.chunk, CHUNKS_IN_PART);
    const chunks: PackedChunk[] = [];
    let count = 0;
    for (const chunk of listed) {
      if (count >= tickets) break;
      chunks.push(chunk);
      count += chunk.count;
    }
    const last = chunks.at(-1);
    const position = last === undefined ? from : { ...from, chunk: last.id, hash: hashOf(last) };
    return { chunks, position, more: chunks.length < listed.length || listed.length === CHUNKS_IN_PART };
  }

  async #corrected(eventId: string, { correction }: Position) {
    const corrected = await this.#store.listCorrected(eventId, correction, CORRECTED_IN_PART);
    const pages: NamePage[] = [];
    for (const { batch, serial } of corrected) {
      const records = await this.#records.ofTicket(batch, serial);
      if (records !== undefined) pages.push({ batch, firstSerial: serial, records });
    }
    return {
      pages,
      more: corrected.length === CORRECTED_IN_PART,
      correction: corrected.at(-1)?.id ?? correction,
    };
  }
}

function partOf({
  from,
  position,
  more,
}: {
  readonly from: Position | undefined;
  readonly position: Position;
  readonly more: boolean;
}) {
  const cursor = `${position.chunk}.${position.hash}.${position.correction}`;
  return { v: 1 as const, at: Date.now(), cursor, complete: from === undefined, more };
}

function hashOf({ contentSha256 }: PackedChunk): string {
  return Buffer.from(contentSha256.subarray(0, 4)).toString('hex');
}
