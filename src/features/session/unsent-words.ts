import { formatCount, formatTickets } from '../../utils/format.ts';
import type { Waiting } from '../waiting/waiting.ts';
import { changesWords } from '../waiting/waiting-list.tsx';

/** What only this device has, counted by name: `9,500 tickets, 1 revocation, 2 exports not saved yet`. */
export function unsentWords({ runs, changes, unsavedExports, runningExports }: Waiting): string {
  const tickets = runs.reduce((sum, run) => sum + run.tickets, 0);
  const parts = [
    tickets > 0 && formatTickets(tickets),
    changes.length > 0 && changesWords(changes),
    unsavedExports.length > 0 && exportWords(unsavedExports.length, 'not saved yet'),
    runningExports > 0 && exportWords(runningExports, 'still running'),
    runs.some(({ state }) => state === 'cancelling') && 'a cancellation that the server does not know of',
  ];
  return parts.filter((part) => part !== false).join(', ');
}

function exportWords(count: number, state: string): string {
  return `${formatCount(count)} ${count === 1 ? 'export' : 'exports'} ${state}`;
}
