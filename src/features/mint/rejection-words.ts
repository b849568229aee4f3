import { t } from '@lingui/core/macro';
import type { Rejection } from '../../../core/attendees/rejection.ts';
import { MAX_FIELD_LENGTH } from '../../../core/chunk/chunk.ts';
import { formatCount } from '../../utils/format.ts';

/** Why a row gives no ticket; the downloaded list says it in English, as it goes back to whoever made the list. */
export function rejectionWords({ code, found, expected }: Rejection): string {
  switch (code) {
    case 'quotes':
      return t`The quotation marks do not match.`;
    case 'cell-count':
      return t`Expected ${{ expected: formatCount(expected) }} cells, found ${found}.`;
    case 'holder-missing':
      return t`The name is empty.`;
    case 'email-invalid':
      return t`“${found}” is no e-mail address.`;
    case 'too-long':
      return t`“${found}” has more than ${{ count: formatCount(MAX_FIELD_LENGTH) }} characters.`;
    case 'type-missing':
      return t`The ticket type is empty.`;
    case 'type-unknown':
      return t`No ticket type is chosen for “${found}”.`;
    case 'duplicate':
      return t`Has the same ${found} as line ${{ line: formatCount(expected) }}.`;
    case 'issued':
      return t`Already has a ticket (batch ${found}, serial ${{ serial: formatCount(expected) }}).`;
  }
}
