import type { Entry, Scan, ScanConflict, TicketUse } from '../api/gate.ts';

/** How long after a scan it can be taken back, ms. */
export const UNDO_MS = 60_000;

/** How a ticket stands that nothing is known of. */
export const UNUSED: TicketUse = { state: 'unused', at: null, gate: null };

/** A ticket after its scans. */
export interface FoldedTicket {
  readonly use: TicketUse;
  /** By door time. */
  readonly conflicts: readonly ScanConflict[];
  /** The scans by which somebody went in, undone ones left out. */
  readonly admitted: readonly Scan[];
  /** The scans by which somebody went out who was inside. */
  readonly exited: readonly Scan[];
}

/** The order of scans: by door time, then device, then nonce. */
export function compareScans(left: Scan, right: Scan): number {
  return left.at - right.at || compareText(left.device, right.device) || compareText(left.nonce, right.nonce);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * How one ticket stands after its scans, whatever order they are given in. An entry on top of another is a conflict
 * unless a supervisor made it; both people are inside then, and two have to leave before the ticket is outside.
 * @param scans of one ticket, each nonce once.
 * @param before how it stood before all of them, where the scans that led there are not at hand.
 */
export function foldTicket(scans: readonly Scan[], before: TicketUse = UNUSED): FoldedTicket {
  const admitted: Scan[] = [];
  const exited: Scan[] = [];
  const conflicts: ScanConflict[] = [];
  let inForce: Entry | undefined;
  let inside = before.state === 'inside' ? 1 : 0;
  let wasIn = before.state !== 'unused';
  for (const scan of withoutUndone(scans).sort(compareScans)) {
    if (scan.kind === 'exit') {
      if (inside === 0) continue;
      inside--;
      exited.push(scan);
      continue;
    }
    const isDouble = scan.kind === 'enter' && (scan.again === true ? inside > 0 : wasIn);
    if (isDouble && inForce !== undefined) conflicts.push(conflictOf(scan, inForce));
    // A supervisor's entry beside one that is inside leaves that one in force.
    else if (!isDouble && (inside === 0 || inForce === undefined)) inForce = entryOf(scan);
    admitted.push(scan);
    inside++;
    wasIn = true;
  }
  const entry = inForce ?? before;
  const state = inside > 0 ? 'inside' : wasIn ? 'outside' : 'unused';
  return { use: { state, at: entry.at, gate: entry.gate }, conflicts, admitted, exited };
}

/** The entries and exits that hold. An undo counts on its own device's scan of the same ticket, within a minute. */
function withoutUndone(scans: readonly Scan[]): Scan[] {
  const undos = scans.filter(({ kind }) => kind === 'undo');
  const isUndone = (scan: Scan) =>
    undos.some(
      ({ undoes, device, at }) =>
        undoes === scan.nonce && device === scan.device && at >= scan.at && at - scan.at <= UNDO_MS,
    );
  return scans.filter((scan) => scan.kind !== 'undo' && !isUndone(scan));
}

function conflictOf(scan: Scan, kept: Entry): ScanConflict {
  return { batch: scan.batch, serial: scan.serial, kept, doubled: entryOf(scan) };
}

function entryOf({ nonce, at, gate, device }: Scan): Entry {
  return { nonce, at, gate, device };
}
