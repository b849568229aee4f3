import { t } from '@lingui/core/macro';
import type { GateSetup } from '../../../core/api/gate.ts';
import { formatCount, formatInstant, formatList, formatSince } from '../../utils/format.ts';
import type { ScanOutcome, ShownVerdict } from './scan-outcome.ts';

/** How it looks and sounds: `in` and `out` pass, `no` does not, `ask` is no verdict on a ticket. */
export type Tone = 'in' | 'out' | 'no' | 'ask';

export function toneOf({ verdict, change }: Pick<ScanOutcome, 'verdict' | 'change'>): Tone {
  if (change === 'undone') return 'ask';
  if (change === 'let-in' || verdict.kind === 'admitted') return 'in';
  if (verdict.kind === 'exited') return 'out';
  return isQuestion(verdict) ? 'ask' : 'no';
}

/** Something is left to do before there is a verdict. */
function isQuestion(verdict: ShownVerdict): boolean {
  if (verdict.kind === 'code-unknown') return verdict.isIndexing;
  return verdict.kind === 'short-code' || verdict.kind === 'which-one';
}

/** One or two words, read from afar. */
export function headlineOf({ verdict, change }: Pick<ScanOutcome, 'verdict' | 'change'>): string {
  if (change === 'undone') return t`Taken back`;
  if (change === 'let-in') return t`Let in`;
  if (verdict.kind === 'admitted') return verdict.again ? t`Let in again` : t`Let in`;
  if (verdict.kind === 'exited') return t`Let out`;
  if (verdict.kind === 'short-code') return t`Scan the QR code`;
  if (verdict.kind === 'which-one') return t`Which one?`;
  return isQuestion(verdict) ? t`Not found yet` : t`Stop`;
}

/** Why, in words for the person in front of the gate; undefined where there is nothing to explain. */
export function reasonOf({ verdict, change, scan }: ScanOutcome, setup: GateSetup | undefined): string | undefined {
  if (change === 'undone') return t`It counts as never scanned.`;
  if (change === 'let-in') return scan?.reason;
  return verdictReason(verdict, setup);
}

function verdictReason(verdict: ShownVerdict, setup: GateSetup | undefined): string | undefined {
  switch (verdict.kind) {
    case 'admitted':
    case 'exited':
      return undefined;
    case 'malformed':
      return t`This is no ticket of ours.`;
    case 'unknown-batch':
      if (verdict.waiting === true)
        return t`Not approved yet: an administrator has to approve these tickets before a gate lets them in.`;
      return t`Not known at this gate: a ticket of somebody else, or newer than the last sync.`;
    case 'bad-signature':
      return t`Forged: nobody here signed it.`;
    case 'wrong-event':
      return t`A ticket for ${{ event: verdict.eventName }}`;
    case 'rehearsal':
      return t`A rehearsal ticket: it never passes in earnest.`;
    case 'out-of-range':
      return t`No such ticket was ever issued.`;
    case 'revoked':
      return t`This ticket was revoked.`;
    case 'not-yet-valid':
      return t`Let in from ${{ time: formatInstant(verdict.from, setup?.event.timeZone) }}`;
    case 'expired':
      return t`Was let in until ${{ time: formatInstant(verdict.until, setup?.event.timeZone) }}`;
    case 'not-inside':
      return t`Not inside, as far as is known here.`;
    case 'short-code':
    case 'code-unknown':
    case 'which-one':
      return codeReason(verdict);
    case 'not-kept':
      return t`Not recorded: this device has no room left, or its storage failed. Free some space, then scan again.`;
    default:
      return rulesReason(verdict, setup);
  }
}

type CodeVerdict = Extract<ShownVerdict, { readonly kind: 'short-code' | 'code-unknown' | 'which-one' }>;

function codeReason(verdict: CodeVerdict): string {
  if (verdict.kind === 'which-one')
    return t`Several tickets have this short code. Look at the ticket, and choose its type and number.`;
  if (verdict.kind === 'short-code')
    return verdict.why === 'too-many'
      ? t`Too many short codes were asked for that no ticket has. Wait some minutes, or scan the QR code.`
      : t`Short codes are not on this device, and the server cannot be asked now. With a connection, Details puts them on it.`;
  if (verdict.isIndexing && verdict.asOf === null)
    return t`The server is still taking in tickets, and this may be one of them. Try again in a moment.`;
  if (verdict.asOf === null) return t`No ticket has this short code. Read it once more, letter by letter.`;
  const time = formatSince(verdict.asOf);
  return verdict.isIndexing
    ? t`The short codes of this device are not complete yet. Try again with a connection.`
    : t`No ticket of ${time} or before has this short code. Read it once more, letter by letter.`;
}

type RulesVerdict = Extract<ShownVerdict, { readonly kind: 'wrong-gate' | 'already-used' | 'full' }>;

function rulesReason(verdict: RulesVerdict, setup: GateSetup | undefined): string {
  if (verdict.kind === 'wrong-gate') {
    const names = verdict.gates.map((id) => gateName(id, setup));
    return names.length === 0
      ? t`No gate lets in this type.`
      : t`Not at this gate. It passes at ${{ gates: formatList(names) }}.`;
  }
  if (verdict.kind === 'full') {
    const count = formatCount(verdict.capacity);
    return verdict.gate === null ? t`Full: ${count} are inside.` : t`Full: ${count} are inside by this gate.`;
  }
  const { at, gate } = verdict;
  if (at === null || gate === null) return t`Already used`;
  return t`Already used at ${{ time: formatSince(at) }}, ${{ gate: gateName(gate, setup) }}`;
}

function gateName(id: string, setup: GateSetup | undefined): string {
  return setup?.gates.find((gate) => gate.id === id)?.name ?? t`another gate`;
}
