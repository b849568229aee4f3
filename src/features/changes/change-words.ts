import { t } from '@lingui/core/macro';
import type { ChangeContent } from '../../database/waiting-changes.ts';
import { formatCount, formatTickets } from '../../utils/format.ts';
import { columnWord } from '../tickets/column-words.ts';

/** A change in a line, without its batch. */
export function changeWords(content: ChangeContent): string {
  if (content.kind === 'correct') {
    const { column, serial, value } = content;
    const [name, ticket] = [columnWord(column), formatCount(serial)];
    return value === null ? t`${name} of ticket ${ticket}: removed` : t`${name} of ticket ${ticket}: ${value}`;
  }
  const { from, to } = content;
  const what =
    from === to
      ? t`ticket ${{ serial: formatCount(from) }}`
      : t`${{ tickets: formatTickets(to - from + 1) }}, serials ${{ from: formatCount(from) }} to ${{ to: formatCount(to) }}`;
  return content.kind === 'revoke' ? t`Revoke ${what}` : t`Take back the revocation of ${what}`;
}
