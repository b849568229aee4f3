import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the certificates of tests; not something the project depends on. */
const OPENSSL = 'openssl';

export const hasOpenssl = (() => {
  try {
    execFileSync(OPENSSL, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Where a certificate and its key lie, as PEM. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority as people make for their own tablets; its certificate is what the tablets install. */
export function makeAuthority(folder: string): CertificateFiles {
  const [certFile, keyFile] = [join(folder, 'authority.pem'), join(folder, 'authority.key')];
  run(['req', '-x509', ...KEY, '-days', '30', '-subj', '/CN=Test authority', '-keyout', keyFile, '-out', certFile]);
  return { certFile, keyFile };
}

/** A server's certificate by that authority, valid for 30 days. @param names like `DNS:localhost,IP:127.0.0.1` */
export function issueCertificate(
  authority: CertificateFiles,
  folder: string,
  { name = 'server', names = 'DNS:localhost,IP:127.0.0.1' }: { name?: string; names?: string } = {},
): CertificateFiles {
  const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
  writeFileSync(extensions, `subjectAltName=${names}\nbasicConstraints=critical,CA:FALSE\n`);
  run(['req', '-new', ...KEY, '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', request]);
  const signer = ['-CA', authority.certFile, '-CAkey', authority.keyFile, '-CAcreateserial'];
  run(['x509', '-req', '-in', request, ...signer, '-days', '30', '-extfile', extensions, '-out', certFile]);
  return { certFile, keyFile };
}

/** The same key behind a passphrase. */
export function lockKey({ keyFile }: CertificateFiles, lockedFile: string): void {
  run(['pkcs8', '-topk8', '-in', keyFile, '-out', lockedFile, '-passout', 'pass:secret']);
}

/** What Chromium's `--ignore-certificate-errors-spki-list` takes: it trusts this key, and no other. */
export function keyHash({ certFile }: CertificateFiles): string {
  const { publicKey } = new X509Certificate(readFileSync(certFile));
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

function run(arguments_: readonly string[]): void {
  execFileSync(OPENSSL, arguments_, { stdio: ['ignore', 'ignore', 'pipe'] });
}
