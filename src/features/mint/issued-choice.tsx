import { t } from '@lingui/core/macro';
import { Switch } from '@mantine/core';
import type { IssuedSummary } from '../../../core/attendees/list-job.ts';
import { formatTickets } from '../../utils/format.ts';
import { type ListImport, namesPeople } from './use-list-import.ts';

/** Whether people who already have a ticket of the event are left out; nothing where nobody can have one. */
export function IssuedChoice({ list }: { readonly list: ListImport }) {
  const { issued, issuedSummary, targets, choices } = list;
  if (issued === undefined || issued.batches.length === 0) return null;
  const canCompare = namesPeople(targets);
  return (
    <Switch
      py="xs"
      label={t`Leave out people who already have a ticket`}
      description={
        canCompare ? describe(issuedSummary) : t`To compare them, say which column is the reference or the e-mail.`
      }
      checked={canCompare && choices.leavesOutIssued}
      disabled={!canCompare}
      onChange={(event) => list.leaveOutIssued(event.currentTarget.checked)}
    />
  );
}

function describe(summary: IssuedSummary | null): string {
  const how = t`Compared by reference, else by e-mail`;
  if (summary === null) return `${how}.`;
  const looked = t`${how}, with ${{ tickets: formatTickets(summary.tickets) }}`;
  return summary.isComplete
    ? t`${looked} of this event.`
    : t`${looked} on this device. The server could not be asked for the others.`;
}
