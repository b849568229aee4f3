import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Revocation, SealReason } from '../../../core/api/batch.ts';

/** Why the serials that a closed batch never had are revoked. */
const SEALS = {
  cancelled: msg`Closed when it was cancelled`,
  complete: msg`Closed complete`,
  lost: msg`Closed because its device lost it`,
} as const satisfies Record<SealReason, MessageDescriptor>;

/** Why tickets are revoked: as somebody wrote it, or, where closing their batch did it, in the words of the interface. */
export function reasonWords({ seal, reason }: Pick<Revocation, 'reason' | 'seal'>): string {
  return seal === undefined ? reason : i18n._(SEALS[seal]);
}
