import { z } from 'zod';
import { eventIdSchema, timestampSchema } from '../api/event.ts';
import { gateSyncSchema, scanSchema } from '../api/gate.ts';
import { gateDeviceIdSchema } from '../api/gate-device.ts';
import { TicketmintError } from '../errors.ts';
import { shortCodeOf } from '../ticket/short-code.ts';
import type { SignatureEngine, Signer } from '../ticket/signer/signer.ts';
import { decodeMessage, encodeMessage } from './cbor.ts';

/** The file's first bytes; they name the version of its layout, and stand in what is signed. */
const MAGIC = new TextEncoder().encode('ticketmint/gate-file/1\n');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const BODY_AT = MAGIC.length + KEY_BYTES + SIGNATURE_BYTES;
/** Some 100,000 scans; more go into several files. */
const MAX_GATE_FILE_BYTES = 16 * 1024 * 1024;

const countSchema = z.number().int().min(0);

/** From the tablet that mints to the tablets at the gates. */
const toGateSchema = z.object({
  kind: z.literal('gate'),
  /** Complete. Its `at` tells files apart: an older one than a gate has is refused. */
  sync: gateSyncSchema.refine(({ complete }) => complete, 'expected all'),
  /** How many scans of each device, from its first, are in the used set. */
  covers: z.array(z.tuple([gateDeviceIdSchema, countSchema])),
});

/** And back: a device's scans from number `from` (0-based), in the order in which they were made. */
const fromGateSchema = z.object({
  kind: z.literal('scans'),
  at: timestampSchema,
  event: eventIdSchema,
  device: gateDeviceIdSchema,
  from: countSchema,
  scans: z.array(scanSchema),
});

const gateFileSchema = z.discriminatedUnion('kind', [toGateSchema, fromGateSchema]);
export type GateFileBody = z.infer<typeof gateFileSchema>;
export type ScansFileBody = z.infer<typeof fromGateSchema>;

export interface OpenedGateFile {
  readonly body: GateFileBody;
  /** Who signed it: whether that is somebody to trust is the caller's to know, by the key or its {@link fingerprintOf}. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

/**
 * Signs a gate file, as `docs/gate.md` lays it out.
 * @param publicKey the signer's, 32 bytes.
 * @throws {TypeError} when it would have more than {@link MAX_GATE_FILE_BYTES}.
 */
export async function sealGateFile(
  body: GateFileBody,
  publicKey: Uint8Array,
  signer: Signer,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoded = encodeMessage(body);
  if (BODY_AT + encoded.length > MAX_GATE_FILE_BYTES)
    throw new TypeError(`expected at most ${MAX_GATE_FILE_BYTES} bytes`);
  const signature = await signer.signAll([signedMessage(publicKey, encoded)]);
  return concat(MAGIC, publicKey, signature, encoded);
}

/**
 * Reads a gate file whose signature verifies.
 * @throws {TicketmintError} `gate-message-invalid` when it is none, was changed or cut off.
 */
export async function openGateFile(
  file: Uint8Array<ArrayBuffer>,
  verify: SignatureEngine['verify'],
): Promise<OpenedGateFile> {
  const isOurs = file.length > BODY_AT && MAGIC.every((byte, index) => file[index] === byte);
  if (!isOurs || file.length > MAX_GATE_FILE_BYTES) throw invalid('expected a gate file of version 1');
  const publicKey = file.slice(MAGIC.length, MAGIC.length + KEY_BYTES);
  const signature = file.slice(MAGIC.length + KEY_BYTES, BODY_AT);
  const encoded = file.slice(BODY_AT);
  if (!(await verify(publicKey, signature, signedMessage(publicKey, encoded))))
    throw invalid('it was changed or cut off');
  return { body: decodeMessage(encoded, gateFileSchema), publicKey };
}

/**
 * What two people compare on two screens: the first 60 bits of SHA-256 over a public key, as `XXXX-XXXX-XXXX` in
 * Crockford base32.
 */
export async function fingerprintOf(publicKey: Uint8Array<ArrayBuffer>): Promise<string> {
  return shortCodeOf(new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey)));
}

function signedMessage(publicKey: Uint8Array, encoded: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(MAGIC, publicKey, encoded);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function invalid(reason: string): TicketmintError {
  return new TicketmintError('gate-message-invalid', reason);
}
