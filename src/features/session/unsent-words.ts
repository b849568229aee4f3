import { plural } from '@lingui/core/macro';
import { formatList, formatTickets } from '../../utils/format.ts';
import type { Waiting } from '../waiting/waiting.ts';
import { changesWords, filesWords } from '../waiting/waiting-list.tsx';

/** What only this device has, counted by name: `9,500 tickets, 1 revocation, 2 exports not saved yet`. */
export function unsentWords({ runs, changes, scans, gates, unsavedExports, runningExports }: Waiting): string {
  const tickets = runs.reduce((sum, run) => sum + run.tickets, 0);
  const cancellations = runs.filter(({ state }) => state === 'cancelling').length;
  const parts = [
    tickets > 0 && formatTickets(tickets),
    changes.length > 0 && changesWords(changes),
    scans.length + gates.length > 0 && filesWords({ scans, gates }),
    unsavedExports.length > 0 &&
      plural(unsavedExports.length, { one: '# export not saved yet', other: '# exports not saved yet' }),
    runningExports > 0 && plural(runningExports, { one: '# export still running', other: '# exports still running' }),
    cancellations > 0 &&
      plural(cancellations, {
        one: '# cancellation that the server does not know of',
        other: '# cancellations that the server does not know of',
      }),
  ];
  return formatList(parts.filter((part) => part !== false));
}
