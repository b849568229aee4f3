import { type DecodeOptions, decode, encode, rfc8949EncodeOptions } from 'cborg';
import type { z } from 'zod';
import { TicketmintError } from '../errors.ts';

/** What is absent is left out, however it came about. */
const ENCODING = { ...rfc8949EncodeOptions, ignoreUndefinedProperties: true };

const STRICT: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  rejectDuplicateMapKeys: true,
};

/** Deterministic CBOR (RFC 8949 §4.2). */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode(message, ENCODING));
}

/** @throws {TicketmintError} `gate-message-invalid` when the bytes are not CBOR, or not what the schema wants. */
export function decodeMessage<Schema extends z.ZodType>(bytes: Uint8Array, schema: Schema): z.output<Schema> {
  let value: unknown;
  try {
    value = decode(bytes, STRICT);
  } catch (cause) {
    throw new TicketmintError('gate-message-invalid', 'expected CBOR', { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TicketmintError('gate-message-invalid', `${issue?.path.join('.')}: ${issue?.message}`);
}
