import { type CodePackPart, codePackPartSchema, type NamePackPart, namePackPartSchema } from '../api/gate-pack.ts';
import { decodeMessage, encodeMessage } from './cbor.ts';

export function encodeCodePackPart(part: CodePackPart): Uint8Array<ArrayBuffer> {
  return encodeMessage(part);
}

/** @throws {TicketmintError} `gate-message-invalid` */
export function decodeCodePackPart(bytes: Uint8Array): CodePackPart {
  return decodeMessage(bytes, codePackPartSchema);
}

export function encodeNamePackPart(part: NamePackPart): Uint8Array<ArrayBuffer> {
  return encodeMessage(part);
}

/** @throws {TicketmintError} `gate-message-invalid` */
export function decodeNamePackPart(bytes: Uint8Array): NamePackPart {
  return decodeMessage(bytes, namePackPartSchema);
}
