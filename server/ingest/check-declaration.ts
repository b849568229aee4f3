import { type BatchManifest, declarationMessage } from '../../core/api/batch.ts';
import { batchIdOf } from '../../core/ticket/batch-id.ts';
import { isStrictPublicKey } from '../../core/ticket/signer/public-key.ts';
import { ProblemError } from '../problem.ts';
import { ed25519PublicKey, verifyEd25519 } from './ed25519.ts';

/**
 * Checks that the batch id is the hash of the key, and that whoever declares holds the key.
 * @throws {ProblemError} `not-valid` with field and reason
 */
export async function checkDeclaration(eventId: string, batchId: string, manifest: BatchManifest): Promise<void> {
  const { proof, ...declaration } = manifest;
  const publicKey = new Uint8Array(Buffer.from(manifest.publicKey, 'base64url'));
  if (Buffer.from(publicKey).toString('base64url') !== manifest.publicKey || publicKey.length !== 32)
    throw invalid('publicKey', 'expected 32 bytes in base64url');
  if (!isStrictPublicKey(publicKey)) throw invalid('publicKey', 'expected a reduced point of full order');
  if ((await batchIdOf(publicKey)) !== batchId)
    throw invalid('publicKey', 'expected the key whose hash is the batch id');
  if (declaration.notBefore !== null && declaration.notAfter !== null && declaration.notAfter <= declaration.notBefore)
    throw invalid('notAfter', 'expected an end after the start');
  const message = declarationMessage(eventId, declaration);
  const signature = Buffer.from(proof, 'base64url');
  const isProven = await verifyEd25519(ed25519PublicKey(manifest.publicKey), message, signature).catch(() => false);
  if (!isProven) throw invalid('proof', "expected the batch key's signature over the declaration");
}

function invalid(field: string, reason: string): ProblemError {
  return new ProblemError('not-valid', { field, reason });
}
