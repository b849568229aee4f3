import { plural, t } from '@lingui/core/macro';
import type { EventRecord, TicketType } from '../../../core/api/event.ts';
import { compileSeatPattern } from '../../../core/attendees/seat-pattern.ts';
import type { ConnectionState } from '../../api/connection.ts';
import { formatBytes, formatCount } from '../../utils/format.ts';
import { type MintDraft, overCapacity } from './mint-draft.ts';
import type { Preflight } from './preflight.ts';
import type { MintPlan } from './run-controller.ts';

interface CheckInput {
  readonly draft: MintDraft;
  readonly plan: MintPlan;
  readonly types: readonly TicketType[];
  readonly event: Pick<EventRecord, 'approval' | 'demo'>;
  readonly measured: Preflight | undefined;
  readonly connectionState: ConnectionState;
}

/** What is known before a run starts: what would stop it, and what may go otherwise than one thinks. */
export function checkWarnings(input: CheckInput): {
  readonly blocking: readonly string[];
  readonly notes: readonly string[];
} {
  const { draft, plan, types, event, measured, connectionState } = input;
  // Tests take no room from tickets that are let in, and nobody has to approve them.
  const isTest = draft.rehearsal === true && event.demo !== true;
  const blocking = (isTest ? [] : overCapacity(plan, types)).map(({ name, count, free }) => {
    return t`${name} has room for ${{ free: formatCount(free) }} more, and this asks for ${{ count: formatCount(count) }}. Raise its capacity in Settings, or mint fewer.`;
  });
  const notes = [
    ...leftOutNotes(draft),
    ...seatNotes(draft),
    ...(measured === undefined ? [] : storageNotes(measured)),
    event.approval === true &&
      !isTest &&
      t`Gates get these tickets once an administrator has approved them, on the page of each batch.`,
    connectionState !== 'online' &&
      t`The server cannot be reached now. Tickets are signed and kept on this device, and uploaded once it answers.`,
  ];
  return { blocking, notes: notes.filter((note) => note !== false) };
}

function leftOutNotes({ source }: MintDraft): readonly string[] {
  if (source.kind === 'quantity') return [];
  const { rejected, dropped, issued } = source.report;
  const leftOut = rejected + dropped;
  return [
    ...(leftOut > 0
      ? [plural(leftOut, { one: '# row of the list gets no ticket.', other: '# rows of the list get no ticket.' })]
      : []),
    ...(issued > 0
      ? [
          plural(issued, {
            one: '# person of the list has a ticket, and gets no other.',
            other: '# people of the list have a ticket, and get no other.',
          }),
        ]
      : []),
    ...(source.knowsIssued
      ? []
      : [t`The server could not be asked who already has a ticket. Whose ticket is only there gets a second one.`]),
  ];
}

function seatNotes({ source, seatPattern }: MintDraft): readonly string[] {
  if (seatPattern === null || source.kind === 'quantity' || source.report.issued === 0) return [];
  return [
    t`Seats start at ${{ seat: compileSeatPattern(seatPattern)(0) }}. Those who already have a ticket may have a seat there: start after the last of theirs.`,
  ];
}

function storageNotes({ bytesNeeded, bytesAvailable, isPersisted }: Preflight): readonly string[] {
  const isTight = bytesAvailable !== null && bytesNeeded > bytesAvailable;
  return [
    ...(isTight
      ? [
          t`The browser offers ${{ size: formatBytes(bytesAvailable) }}, less than all of it needs. What the server has makes room as it goes; stay online, or free space on this device.`,
        ]
      : []),
    ...(isPersisted === true
      ? []
      : [
          t`The browser may clear this site’s storage when the device runs short of space. Tickets on the server are safe.`,
        ]),
  ];
}
