import { decodeBase32, encodeBase32 } from './base32.ts';
import { MAX_TYPE_INDEX } from './type-index.ts';

/** Byte 0 of every token: fixes Ed25519 and this layout. There is no algorithm field. */
const TOKEN_VERSION = 0x01;
/** Bytes 0–11: version, batch id, serial, type. */
export const PAYLOAD_BYTES = 12;
/** An Ed25519 signature (RFC 8032 §5.1.6). */
export const SIGNATURE_BYTES = 64;
export const TOKEN_BYTES = PAYLOAD_BYTES + SIGNATURE_BYTES;
/** 76 bytes in base32 without padding. */
export const TOKEN_TEXT_LENGTH = 122;
export const BATCH_ID_BYTES = 6;
/** The serial is a u32 and starts at 1. */
export const MAX_SERIAL = 0xffff_ffff;

/** What precedes the payload in the signed message, so that a batch key signs nothing else by accident. */
const SIGNING_CONTEXT = new TextEncoder().encode('ticketmint/1\n');
const SIGNED_MESSAGE_BYTES = SIGNING_CONTEXT.length + PAYLOAD_BYTES;

export interface TokenPayload {
  /** First 6 bytes of SHA-256 over the batch's raw public key, as 12 lower-case hex digits. */
  readonly batchId: string;
  /** 1-based, dense within the batch, at most {@link MAX_SERIAL}. */
  readonly serial: number;
  /** The ticket type's index within the event, 0 to 255. */
  readonly typeIndex: number;
}

/** A token's parts after parsing; its signature is not verified yet. */
export interface ParsedToken extends TokenPayload {
  readonly signature: Uint8Array<ArrayBuffer>;
  /** The bytes that the signature covers, context included. */
  readonly signedMessage: Uint8Array<ArrayBuffer>;
}

/**
 * Writes the signed messages of one batch quickly: the context, version, batch id and type are written once,
 * and each call fills in the serial of a fresh copy.
 */
export function signedMessageWriter(batchId: string, typeIndex: number): (serial: number) => Uint8Array<ArrayBuffer> {
  const template = new Uint8Array(SIGNED_MESSAGE_BYTES);
  template.set(SIGNING_CONTEXT);
  template.set(encodePayload({ batchId, typeIndex, serial: 1 }), SIGNING_CONTEXT.length);
  const serialOffset = SIGNING_CONTEXT.length + 7;
  return (serial) => {
    const message = template.slice();
    message[serialOffset] = serial >>> 24;
    message[serialOffset + 1] = serial >>> 16;
    message[serialOffset + 2] = serial >>> 8;
    message[serialOffset + 3] = serial;
    return message;
  };
}

/**
 * Bytes 0–11 of a token.
 * @throws {TypeError} when a part is out of range.
 */
export function encodePayload({ batchId, serial, typeIndex }: TokenPayload): Uint8Array<ArrayBuffer> {
  if (!/^[0-9a-f]{12}$/.test(batchId)) throw new TypeError('batchId: expected 12 lower-case hex digits');
  if (!Number.isInteger(serial) || serial < 1 || serial > MAX_SERIAL)
    throw new TypeError('serial: expected 1 to 2^32-1');
  if (!Number.isInteger(typeIndex) || typeIndex < 0 || typeIndex > MAX_TYPE_INDEX)
    throw new TypeError('typeIndex: expected 0 to 255');
  const payload = new Uint8Array(PAYLOAD_BYTES);
  payload[0] = TOKEN_VERSION;
  payload.set(hexToBytes(batchId), 1);
  new DataView(payload.buffer).setUint32(7, serial);
  payload[11] = typeIndex;
  return payload;
}

/** The text form that the QR code carries: 122 characters of base32. */
export function encodeToken(payload: TokenPayload, signature: Uint8Array): string {
  if (signature.length !== SIGNATURE_BYTES) throw new TypeError('signature: expected 64 bytes');
  const token = new Uint8Array(TOKEN_BYTES);
  token.set(encodePayload(payload));
  token.set(signature, PAYLOAD_BYTES);
  return encodeBase32(token);
}

/**
 * Writes the token texts of one batch quickly; same result as {@link encodeToken} without its checks on every ticket.
 * The returned function takes a serial and the 64 signature bytes at `offset` in `signatures`.
 */
export function tokenWriter(
  batchId: string,
  typeIndex: number,
): (serial: number, signatures: Uint8Array, offset: number) => string {
  const token = new Uint8Array(TOKEN_BYTES);
  token.set(encodePayload({ batchId, typeIndex, serial: 1 }));
  const view = new DataView(token.buffer);
  return (serial, signatures, offset) => {
    view.setUint32(7, serial);
    token.set(signatures.subarray(offset, offset + SIGNATURE_BYTES), PAYLOAD_BYTES);
    return encodeBase32(token);
  };
}

/**
 * Parses the one accepted spelling: 122 upper-case base32 characters, unused bits zero, version 1, serial ≥ 1.
 * @returns the parts, or `undefined` when the text is malformed. The signature still has to be verified.
 */
export function parseToken(text: string): ParsedToken | undefined {
  if (text.length !== TOKEN_TEXT_LENGTH) return undefined;
  const bytes = decodeBase32(text);
  if (bytes === undefined || bytes[0] !== TOKEN_VERSION) return undefined;
  const serial = new DataView(bytes.buffer).getUint32(7);
  if (serial === 0) return undefined;
  const signedMessage = new Uint8Array(SIGNED_MESSAGE_BYTES);
  signedMessage.set(SIGNING_CONTEXT);
  signedMessage.set(bytes.subarray(0, PAYLOAD_BYTES), SIGNING_CONTEXT.length);
  return {
    batchId: bytesToHex(bytes.subarray(1, 1 + BATCH_ID_BYTES)),
    serial,
    typeIndex: bytes[11] as number,
    signature: bytes.slice(PAYLOAD_BYTES),
    signedMessage,
  };
}

/** Cleans what people type and scanners write: trims, drops spaces and hyphens, upper-cases. Then parse. */
export function normalizeTokenInput(input: string): string {
  return input.replace(/[\s\u00ad\u2010-\u2015-]+/g, '').toUpperCase();
}

export function bytesToHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** @throws {TypeError} when the text is not an even number of hex digits. */
export function hexToBytes(hex: string): Uint8Array<ArrayBuffer> {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) throw new TypeError('expected an even number of hex digits');
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  return bytes;
}
