import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { SettingsError, type TlsFiles } from '../settings.ts';

/** A certificate with its key, read together and found to belong together. */
export interface Credentials {
  /** PEM: the server's own certificate first, then what leads to the authority. */
  readonly cert: Buffer;
  /** PEM, without a passphrase. */
  readonly key: Buffer;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** What browsers will say, in words for the log; empty when nothing is odd. */
  readonly warnings: readonly string[];
}

const DAY_MS = 86_400_000;
/** Renewed ones come a month ahead; from here on nobody may have noticed that none came. */
const SOON_MS = 14 * DAY_MS;

/**
 * Reads certificate and key and checks them as browsers will.
 * @param options.publicUrl the address that people type, which the certificate should name.
 * @throws {SettingsError} naming the variable whose file is missing, unreadable, of another form, of another pair, or
 *   not valid at this time.
 */
export function readCredentials(
  { certFile, keyFile }: TlsFiles,
  { now, publicUrl }: { readonly now: number; readonly publicUrl: string | null },
): Credentials {
  const cert = readPem('TLS_CERT_FILE', certFile);
  const key = readPem('TLS_KEY_FILE', keyFile);
  const certificate = parseCertificate(cert);
  if (!certificate.checkPrivateKey(parseKey(key)))
    throw new SettingsError([
      'TLS_KEY_FILE: expected the key of the first certificate in TLS_CERT_FILE, the server’s own; this is another',
    ]);
  const { validFromDate: validFrom, validToDate: validTo } = certificate;
  if (validTo.getTime() <= now)
    throw new SettingsError([`TLS_CERT_FILE: the certificate expired on ${day(validTo)}; get a new one`]);
  if (validFrom.getTime() > now)
    throw new SettingsError([
      `TLS_CERT_FILE: the certificate is valid only from ${day(validFrom)}; is this machine’s clock right?`,
    ]);
  return { cert, key, validFrom, validTo, warnings: warningsOf(certificate, now, publicUrl) };
}

function readPem(variable: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'ENOENT' ? 'there is no file' : code === 'EACCES' ? 'may not read' : 'cannot read';
    throw new SettingsError([`${variable}: ${why} ${file}`]);
  }
}

function parseCertificate(cert: Buffer): X509Certificate {
  try {
    return new X509Certificate(cert);
  } catch {
    throw new SettingsError([
      'TLS_CERT_FILE: expected certificates in PEM, beginning with -----BEGIN CERTIFICATE-----',
    ]);
  }
}

function parseKey(key: Buffer): KeyObject {
  try {
    return createPrivateKey(key);
  } catch {
    const found = key.includes('ENCRYPTED') ? 'this one has a passphrase' : 'this is none';
    throw new SettingsError([`TLS_KEY_FILE: expected a private key in PEM without a passphrase; ${found}`]);
  }
}

function warningsOf(certificate: X509Certificate, now: number, publicUrl: string | null): string[] {
  const warnings: string[] = [];
  const daysLeft = Math.floor((certificate.validToDate.getTime() - now) / DAY_MS);
  if (certificate.validToDate.getTime() - now < SOON_MS)
    warnings.push(`the certificate expires on ${day(certificate.validToDate)}, in ${daysLeft} days`);
  if (certificate.subjectAltName === undefined)
    warnings.push('the certificate names no host (subjectAltName), so browsers refuse it');
  else if (publicUrl !== null && !names(certificate, new URL(publicUrl).hostname))
    warnings.push('the certificate does not name the host of PUBLIC_URL');
  return warnings;
}

function names(certificate: X509Certificate, host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return (isIP(address) === 0 ? certificate.checkHost(host) : certificate.checkIP(address)) !== undefined;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
