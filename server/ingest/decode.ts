import { type Chunk, decodeChunk } from '../../core/chunk/chunk.ts';
import type { ErrorData } from '../../core/errors.ts';

/** What ingesting needs to know of a chunk that is valid in itself. */
export interface DecodedChunk extends Omit<Chunk, 'fields' | 'mintedAt'> {
  readonly personalised: boolean;
}

export interface DecodeRequest {
  readonly id: number;
  readonly body: Uint8Array;
}

export type DecodeAnswer =
  | { readonly id: number; readonly chunk: DecodedChunk }
  | { readonly id: number; readonly error: ErrorData };

/** @throws {TicketmintError} `chunk-invalid` */
export function decodeNow(body: Uint8Array): DecodedChunk {
  const { batchId, seq, firstSerial, count, signatures, fields } = decodeChunk(body);
  return { batchId, seq, firstSerial, count, signatures, personalised: fields !== undefined };
}
