import type { Logger } from 'pino';
import type { Settings, TlsFiles } from '../settings.ts';
import { type Credentials, readCredentials } from './credentials.ts';

/** Certificates are renewed weeks ahead, so a minute is soon; polling also sees links that are swapped. */
const LOOK_EVERY_MS = 60_000;

/** What takes a renewed certificate: new connections get it, those that are open keep theirs. */
interface TlsServer {
  setSecureContext(options: { readonly cert: Buffer; readonly key: Buffer }): void;
}

export interface Renewal {
  /** Looks now whether the files are new. What is not fit to serve with changes nothing, and is logged once. */
  look(): void;
  stop(): void;
}

/** Watches certificate and key, and gives them to the server once both are new, belong together and are valid. */
export function followRenewals(
  server: TlsServer,
  files: TlsFiles,
  { present, publicUrl, log }: { present: Credentials } & Pick<Settings, 'publicUrl'> & { log: Logger },
): Renewal {
  let served = present;
  let lastRefusal: string | undefined;
  const look = () => {
    try {
      const found = readCredentials(files, { now: Date.now(), publicUrl });
      lastRefusal = undefined;
      if (found.cert.equals(served.cert) && found.key.equals(served.key)) return;
      server.setSecureContext(found);
      served = found;
      logCredentials(log, found, 'the renewed certificate is used');
    } catch (error) {
      const message = error instanceof Error ? error.message : 'it cannot be read';
      // Halfway through a renewal the two files do not belong together: the next look finds both.
      if (message !== lastRefusal) log.warn(`the certificate stays as it was: ${message}`);
      lastRefusal = message;
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return { look, stop: () => clearInterval(timer) };
}

export function logCredentials(log: Logger, { validTo, warnings }: Credentials, message: string): void {
  log.info({ validTo: validTo.toISOString() }, message);
  for (const warning of warnings) log.warn(warning);
}
