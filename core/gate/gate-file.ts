import { z } from 'zod';
import { eventIdSchema, timestampSchema } from '../api/event.ts';
import { gateSyncSchema, type Scan, scanSchema } from '../api/gate.ts';
import { deviceNameSchema, gateDeviceIdSchema, gateIdSchema } from '../api/gate-device.ts';
import { TicketmintError } from '../errors.ts';
import { shortCodeOf } from '../ticket/short-code.ts';
import type { SignatureEngine, Signer } from '../ticket/signer/signer.ts';
import { decodeMessage, encodeMessage } from './cbor.ts';

/** The file's first bytes; they name the version of its layout, and stand in what is signed. */
const MAGIC = new TextEncoder().encode('ticketmint/gate-file/1\n');
/** What files of all versions begin with. */
const FAMILY = new TextEncoder().encode('ticketmint/gate-file/');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const BODY_AT = MAGIC.length + KEY_BYTES + SIGNATURE_BYTES;
/** Some 100,000 scans; more go into several files. */
export const MAX_GATE_FILE_BYTES = 16 * 1024 * 1024;
/** A scan as CBOR, without its reason. */
const SCAN_BYTES = 192;

export const GATE_FILE_EXTENSION = 'gatefile';
/** Without a registered type of its own. */
export const GATE_FILE_MIME_TYPE = 'application/octet-stream';

/**
 * Why a file cannot be read.
 * - `other`: it is no gate file.
 * - `version`: it is one of another version.
 * - `too-large`: it has more than {@link MAX_GATE_FILE_BYTES}.
 * - `damaged`: a part of it was changed or cut off, or it says what no gate file says.
 */
export type GateFileFault = 'other' | 'version' | 'too-large' | 'damaged';

/** A gate file that cannot be read; its code is `gate-message-invalid`. */
export class GateFileError extends TicketmintError {
  readonly fault: GateFileFault;

  constructor(fault: GateFileFault, message: string, cause?: unknown) {
    super('gate-message-invalid', message, { cause, details: { fault } });
    this.name = 'GateFileError';
    this.fault = fault;
  }
}

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
  /** Whose scans are numbered here: chosen at random by the tablet, for one event. Each scan names its own device. */
  device: gateDeviceIdSchema,
  /** What people call it. */
  name: deviceNameSchema,
  gate: gateIdSchema,
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
 * @throws {GateFileError} `too-large` when it would have more than {@link MAX_GATE_FILE_BYTES}.
 */
export async function sealGateFile(
  body: GateFileBody,
  publicKey: Uint8Array,
  signer: Signer,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoded = encodeMessage(body);
  if (BODY_AT + encoded.length > MAX_GATE_FILE_BYTES)
    throw new GateFileError('too-large', `expected at most ${MAX_GATE_FILE_BYTES} bytes`);
  const signature = await signer.signAll([signedMessage(publicKey, encoded)]);
  return concat(MAGIC, publicKey, signature, encoded);
}

/** How many of the scans, from the first, fit into one file. */
export function scansThatFit(scans: readonly Scan[], maxBytes = MAX_GATE_FILE_BYTES): number {
  let bytes = BODY_AT + 1_024;
  const end = scans.findIndex(({ reason = '' }) => {
    bytes += SCAN_BYTES + 4 * reason.length;
    return bytes > maxBytes;
  });
  return end < 0 ? scans.length : end;
}

/**
 * Reads a gate file whose signature verifies.
 * @throws {GateFileError}
 */
export async function openGateFile(
  file: Uint8Array<ArrayBuffer>,
  verify: SignatureEngine['verify'],
): Promise<OpenedGateFile> {
  checkHead(file);
  const publicKey = file.slice(MAGIC.length, MAGIC.length + KEY_BYTES);
  const signature = file.slice(MAGIC.length + KEY_BYTES, BODY_AT);
  const encoded = file.slice(BODY_AT);
  if (!(await verify(publicKey, signature, signedMessage(publicKey, encoded))))
    throw new GateFileError('damaged', 'it was changed or cut off');
  return { body: decodeBody(encoded), publicKey };
}

function checkHead(file: Uint8Array): void {
  if (file.length > MAX_GATE_FILE_BYTES)
    throw new GateFileError('too-large', `expected at most ${MAX_GATE_FILE_BYTES} bytes, found ${file.length}`);
  const head = file.subarray(0, MAGIC.length);
  // An empty file, too, is one that was cut off.
  if (!beginAlike(head, FAMILY)) throw new GateFileError('other', 'expected a gate file');
  if (!beginAlike(head, MAGIC)) throw new GateFileError('version', 'expected a gate file of version 1');
  if (file.length <= BODY_AT) throw new GateFileError('damaged', 'it was cut off');
}

/** Whether two byte strings are the same as far as both go. */
function beginAlike(left: Uint8Array, right: Uint8Array): boolean {
  return left.subarray(0, right.length).every((byte, index) => byte === right[index]);
}

function decodeBody(encoded: Uint8Array): GateFileBody {
  try {
    return decodeMessage(encoded, gateFileSchema);
  } catch (cause) {
    throw new GateFileError('damaged', cause instanceof Error ? cause.message : 'expected CBOR', cause);
  }
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
