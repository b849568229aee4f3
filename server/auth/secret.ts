import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The server's secret: as set, or from the file `secret` of the data folder, made there with mode 0600 at first.
 * @returns text with at least 128 bits of entropy.
 */
export function loadSecret(setting: string | null, dataFolder: string): string {
  if (setting !== null) return setting;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, 'secret');
  try {
    // `wx` fails where the file exists, so that two starts at once agree on one secret.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/** A key of its own for each purpose, so that what one leaks tells nothing of another. */
export function deriveSecret(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url');
}
