import type { Correction, Revocation } from '../../../core/api/batch.ts';
import type { WaitingChange } from '../../database/waiting-changes.ts';

/** A revocation as this device shows it: the server's, or one that waits for the server. */
export interface ShownRevocation extends Revocation {
  /** What of it the server does not know: that it was made, or that it was taken back. */
  readonly waiting?: WaitingChange;
}

/** A correction as this device shows it. */
export interface ShownCorrection extends Correction {
  readonly waiting?: WaitingChange;
}

/** The server's revocations with this device's own changes laid over, in the order they were made. */
export function revocationsWith(
  changes: readonly WaitingChange[],
  revocations: readonly Revocation[],
): readonly ShownRevocation[] {
  const known = noncesOf(revocations);
  let shown: readonly ShownRevocation[] = revocations;
  for (const change of changes) {
    const { content, madeAt, madeBy, nonce, order } = change;
    if (change.state === 'refused' || known.has(nonce)) continue;
    if (content.kind === 'undo-revocation')
      shown = shown.map((one) =>
        one.id === content.revocationId && one.undoneAt === null ? { ...one, undoneAt: madeAt, waiting: change } : one,
      );
    else if (content.kind === 'revoke') {
      const { kind: _, ...range } = content;
      // No number of the server's is negative.
      shown = [
        ...shown,
        { ...range, id: -order, createdAt: madeAt, createdBy: madeBy, undoneAt: null, waiting: change },
      ];
    }
  }
  return shown;
}

/** The server's corrections of a batch with this device's own laid over: later ones win. */
export function correctionsWith(
  changes: readonly WaitingChange[],
  batchId: string,
  corrections: readonly Correction[],
): readonly ShownCorrection[] {
  const known = noncesOf(corrections);
  const own = changes.flatMap((change): ShownCorrection[] => {
    const { content, madeAt, madeBy, nonce } = change;
    if (content.kind !== 'correct' || content.batch !== batchId) return [];
    if (change.state === 'refused' || known.has(nonce)) return [];
    const { batch, serial, column, value } = content;
    return [{ batch, serial, column, value, createdAt: madeAt, createdBy: madeBy, waiting: change }];
  });
  return own.length === 0 ? corrections : [...corrections, ...own];
}

/** What the server has told already is not laid over it once more. */
function noncesOf(known: readonly { readonly nonce?: string | undefined }[]): ReadonlySet<string | undefined> {
  return new Set(known.map(({ nonce }) => nonce));
}
