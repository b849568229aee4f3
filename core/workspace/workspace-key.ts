import { TicketmintError } from '../errors.ts';

/** The file's first bytes; they name the version of its layout. */
const MAGIC = new TextEncoder().encode('ticketmint/workspace/1\n');
/** PBKDF2-HMAC-SHA-256 (RFC 8018), then HKDF-SHA-256 (RFC 5869). */
const KDF_PBKDF2_SHA256 = 1;
/** OWASP's number for PBKDF2-HMAC-SHA-256. */
const MIN_ITERATIONS = 600_000;
/** A file may not keep a device busy for minutes before anything of it is known to be ours. */
const MAX_ITERATIONS = 10_000_000;
const SALT_BYTES = 16;
const CHECK_BYTES = 16;
const ITERATIONS_AT = MAGIC.length + 1;
const SALT_AT = ITERATIONS_AT + 4;
const CHECK_AT = SALT_AT + SALT_BYTES;

/** What stands before the first segment: magic, KDF, its iterations and salt, and the passphrase's check. */
export const HEADER_BYTES = CHECK_AT + CHECK_BYTES;

/** Characters that a new passphrase has at least. */
export const MIN_PASSPHRASE_LENGTH = 12;

/** AES-256-GCM for one file. */
interface FileKey {
  readonly key: CryptoKey;
  readonly check: Uint8Array<ArrayBuffer>;
}

/**
 * Makes a file's header and its key.
 * @param options.iterations 600,000 to 10,000,000; half a second on a laptop with the default.
 */
export async function createWorkspaceKey(
  passphrase: string,
  { iterations = MIN_ITERATIONS }: { readonly iterations?: number } = {},
): Promise<{ readonly key: CryptoKey; readonly header: Uint8Array<ArrayBuffer> }> {
  const header = new Uint8Array(HEADER_BYTES);
  header.set(MAGIC);
  header[MAGIC.length] = KDF_PBKDF2_SHA256;
  new DataView(header.buffer).setUint32(ITERATIONS_AT, iterations);
  crypto.getRandomValues(header.subarray(SALT_AT, CHECK_AT));
  const { key, check } = await deriveKey(passphrase, header);
  header.set(check, CHECK_AT);
  return { key, header };
}

/**
 * The key of a file that is there.
 * @throws {TicketmintError} `workspace-unsupported` when the file is none of ours, or newer; `workspace-passphrase-wrong`.
 */
export async function openWorkspaceKey(passphrase: string, header: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  checkHeader(header);
  const { key, check } = await deriveKey(passphrase, header);
  const isRight = check.every((byte, index) => byte === header[CHECK_AT + index]);
  if (!isRight)
    throw new TicketmintError(
      'workspace-passphrase-wrong',
      'the passphrase is not the one that the file was made with',
    );
  return key;
}

function checkHeader(header: Uint8Array<ArrayBuffer>): void {
  const isOurs = header.length === HEADER_BYTES && MAGIC.every((byte, index) => byte === header[index]);
  if (!isOurs) throw unsupported('expected a file that Ticketmint has saved, of version 1');
  if (header[MAGIC.length] !== KDF_PBKDF2_SHA256) throw unsupported('expected PBKDF2 as its key derivation');
  const iterations = iterationsOf(header);
  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
    throw unsupported(`expected ${MIN_ITERATIONS} to ${MAX_ITERATIONS} iterations, found ${iterations}`);
}

function iterationsOf({ buffer, byteOffset }: Uint8Array<ArrayBuffer>): number {
  return new DataView(buffer, byteOffset).getUint32(ITERATIONS_AT);
}

/** Everything in the header before the check goes into the key: a header that was changed opens nothing. */
async function deriveKey(passphrase: string, header: Uint8Array<ArrayBuffer>): Promise<FileKey> {
  const { subtle } = crypto;
  // The same passphrase, however a keyboard composes its accents.
  const typed = new TextEncoder().encode(passphrase.normalize('NFC'));
  const password = await subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
  const salt = header.subarray(SALT_AT, CHECK_AT);
  const stretching = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: iterationsOf(header) };
  const stretched = await subtle.deriveBits(stretching, password, 256);
  const master = await subtle.importKey('raw', stretched, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const expand = (purpose: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: concat(header.subarray(0, CHECK_AT), new TextEncoder().encode(purpose)),
  });
  const [key, check] = await Promise.all([
    subtle.deriveKey(expand('key'), master, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    subtle.deriveBits(expand('check'), master, 8 * CHECK_BYTES),
  ]);
  return { key, check: new Uint8Array(check) };
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}

function unsupported(reason: string): TicketmintError {
  return new TicketmintError('workspace-unsupported', reason);
}
