import { plural, t } from '@lingui/core/macro';
import { Anchor, List } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatTickets } from '../../utils/format.ts';
import { countScans, type Waiting, type WaitingRun } from './waiting.ts';

/** What waits, each with its name and the way to it. */
export function WaitingList({ waiting, onLeave }: { readonly waiting: Waiting; readonly onLeave?: () => void }) {
  const { runs, changes, scans, gates } = waiting;
  const events = [...new Set(changes.map(({ eventId }) => eventId))];
  return (
    <List size="sm" spacing={4} listStyleType="none">
      {runs.map((run) => (
        <List.Item key={run.id}>
          <Anchor
            inherit
            data-alone
            onClick={onLeave}
            renderRoot={(props) => (
              <Link
                to="/events/$eventId/tickets/mint/$runId"
                params={{ eventId: run.eventId, runId: run.id }}
                {...props}
              />
            )}
          >
            <bdi>{run.title}</bdi>
          </Anchor>
          : {runWords(run)}
        </List.Item>
      ))}
      {events.map((eventId) => (
        <List.Item key={eventId}>
          <Anchor
            inherit
            data-alone
            onClick={onLeave}
            renderRoot={(props) => <Link to="/events/$eventId/settings/revocations" params={{ eventId }} {...props} />}
          >
            {changesWords(changes.filter((change) => change.eventId === eventId))}
          </Anchor>
        </List.Item>
      ))}
      {[...new Set([...scans, ...gates].map(({ eventId }) => eventId))].map((eventId) => (
        <List.Item key={`files ${eventId}`}>
          <Anchor
            inherit
            data-alone
            onClick={onLeave}
            renderRoot={(props) => <Link to="/events/$eventId/gates/files" params={{ eventId }} {...props} />}
          >
            {filesWords({
              scans: scans.filter((one) => one.eventId === eventId),
              gates: gates.filter((one) => one.eventId === eventId),
            })}
          </Anchor>
        </List.Item>
      ))}
    </List>
  );
}

/** `1 gate, 240 scans of gates` */
export function filesWords({ scans, gates }: Pick<Waiting, 'scans' | 'gates'>): string {
  const parts = [
    plural(gates.length, { 0: '', one: '# gate', other: '# gates' }),
    plural(countScans(scans), { 0: '', one: '# scan of a gate', other: '# scans of gates' }),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function runWords({ state, tickets }: WaitingRun): ReactNode {
  if (state === 'cancelling') return t`the server is yet to be told that it is cancelled`;
  if (state === 'paused') return t`${{ tickets: formatTickets(tickets) }}, paused`;
  if (state === 'refused') return t`${{ tickets: formatTickets(tickets) }}; the server refused some of them`;
  return formatTickets(tickets);
}

/** `2 revocations, 1 correction, 1 of them refused` */
export function changesWords(changes: Waiting['changes']): string {
  const count = (kind: string) => changes.filter(({ content }) => content.kind === kind).length;
  const refused = changes.filter(({ state }) => state === 'refused').length;
  const parts = [
    plural(count('revoke'), { 0: '', one: '# revocation', other: '# revocations' }),
    plural(count('undo-revocation'), { 0: '', one: '# revocation taken back', other: '# revocations taken back' }),
    plural(count('correct'), { 0: '', one: '# correction', other: '# corrections' }),
    plural(refused, { 0: '', one: '# of them refused', other: '# of them refused' }),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
