import type { Revocation } from '../../../core/api/batch.ts';
import { mergeRanges, type SeqRanges } from '../../../core/chunk/seq-ranges.ts';

/** The serials of a batch that are revoked now, as sorted, disjoint, inclusive pairs. */
export function revokedSerials(revocations: readonly Revocation[], batchId: string): SeqRanges {
  const holding = revocations.filter(({ batch, undoneAt }) => batch === batchId && undoneAt === null);
  return mergeRanges(holding.map(({ from, to }) => [from, to] as const));
}
