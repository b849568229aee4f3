import type { ChangeContent } from '../../database/waiting-changes.ts';
import { formatCount, formatTickets } from '../../utils/format.ts';
import { columnWord } from '../tickets/ticket.ts';

/** A change in a line, without its batch. */
export function changeWords(content: ChangeContent): string {
  if (content.kind === 'correct') {
    const { column, serial, value } = content;
    return `${columnWord(column)} of ticket ${formatCount(serial)}: ${value ?? 'removed'}`;
  }
  const { from, to } = content;
  const what =
    from === to
      ? `ticket ${formatCount(from)}`
      : `${formatTickets(to - from + 1)}, serials ${formatCount(from)} to ${formatCount(to)}`;
  return content.kind === 'revoke' ? `Revoke ${what}` : `Take back the revocation of ${what}`;
}
