/** What packs for gates are made from: stored chunks in the order in which they arrived, and what was corrected since. */
export interface GatePackStore {
  /** Chunks of an event after one of them, without their bodies. `after` 0: from the first. @throws `event-not-found` */
  listChunks(eventId: string, after: number, limit: number): Promise<PackedChunk[]>;
  /** `undefined` when the event has no such chunk (any more). */
  findChunk(eventId: string, id: number): Promise<PackedChunk | undefined>;
  /** The chunk that holds a ticket; `undefined` while it is not stored. */
  findChunkOf(batch: string, serial: number): Promise<PackedChunk | undefined>;
  /** The decoded CBOR; `undefined` when its event was removed meanwhile. */
  readBody(id: number): Promise<Uint8Array | undefined>;
  /** Corrections in a range of serials, in the order in which they were made: later ones win. */
  listCorrectionsOf(chunk: PackedChunk): Promise<PackedCorrection[]>;
  /** Tickets of an event that were corrected after a correction, each once, in the order of their newest one. */
  listCorrected(eventId: string, after: number, limit: number): Promise<CorrectedTicket[]>;
  /** The number of an event's newest correction; 0 where there is none. */
  newestCorrection(eventId: string): Promise<number>;
}

export interface PackedChunk {
  /** Grows with each chunk that is stored. */
  readonly id: number;
  readonly batch: string;
  readonly typeIndex: number;
  readonly firstSerial: number;
  readonly count: number;
  readonly contentSha256: Uint8Array;
}

export interface PackedCorrection {
  readonly id: number;
  readonly serial: number;
  readonly column: string;
  readonly value: string | null;
}

interface CorrectedTicket {
  /** Of the newest correction. */
  readonly id: number;
  readonly batch: string;
  readonly serial: number;
}
