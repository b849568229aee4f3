import { t } from '@lingui/core/macro';
import {
  IconAlertOctagonFilled,
  IconCircleCheckFilled,
  IconHelpCircleFilled,
  IconLogout,
  IconQrcode,
} from '@tabler/icons-react';
import type { GateSetup } from '../../../core/api/gate.ts';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import type { TicketNames } from '../../../core/gate/name-pack.ts';
import { formatCount } from '../../utils/format.ts';
import type { ScanOutcome } from './scan-outcome.ts';
import classes from './verdict-panel.module.css';
import { headlineOf, reasonOf, toneOf } from './verdict-words.ts';

const ICONS = {
  in: IconCircleCheckFilled,
  out: IconLogout,
  no: IconAlertOctagonFilled,
  ask: IconHelpCircleFilled,
} as const;

interface VerdictPanelProps {
  /** Undefined before the first scan. */
  readonly outcome: ScanOutcome | undefined;
  /** Whose it is, where that is to be shown. */
  readonly names: TicketNames | undefined;
  readonly knowledge: GateKnowledge;
}

/** The last verdict: a colour, a shape and words, all over. What is read out is said in one piece. */
export function VerdictPanel({ outcome, names, knowledge }: VerdictPanelProps) {
  const tone = outcome === undefined ? undefined : toneOf(outcome);
  const Icon = tone === undefined ? IconQrcode : ICONS[tone];
  const reason = outcome === undefined ? t`Ready. Scan a ticket.` : reasonOf(outcome, knowledge.setup);
  return (
    <div className={`${classes.panel} ${tone === undefined ? '' : classes[tone]}`}>
      <Icon className={`${classes.icon} ${tone === 'out' ? 'mirrored' : ''}`} aria-hidden />
      <div role="alert">
        {/* Anew with each scan, so that the same words are read out again. */}
        <div key={outcome?.id}>
          {outcome !== undefined && <p className={classes.headline}>{headlineOf(outcome)}</p>}
          {reason !== undefined && <p className={classes.reason}>{reason}</p>}
          {names !== undefined && <NameLine names={names} />}
          {outcome !== undefined && <TicketLine outcome={outcome} setup={knowledge.setup} knowledge={knowledge} />}
        </div>
      </div>
    </div>
  );
}

/** Whose the ticket is, to be compared with who stands there. */
function NameLine({ names: { holder, seat } }: { readonly names: TicketNames }) {
  return (
    <>
      {holder !== undefined && (
        <p className={classes.name} dir="auto">
          {holder}
        </p>
      )}
      {seat !== undefined && (
        <p className={classes.reason}>
          {t`Seat`} <bdi>{seat}</bdi>
        </p>
      )}
    </>
  );
}

interface TicketLineProps {
  readonly outcome: ScanOutcome;
  readonly setup: GateSetup;
  readonly knowledge: GateKnowledge;
}

/** Its type and number, and whether nobody has read it. */
function TicketLine({ outcome: { ticket, isTyped }, setup, knowledge }: TicketLineProps) {
  if (ticket === null) return null;
  const type = typeNameOf(ticket, { setup, knowledge });
  const serial = formatCount(ticket.serial);
  return (
    <>
      <p className={classes.reason}>
        <bdi>{type}</bdi> · {t`No. ${serial}`}
      </p>
      {isTyped && <p className={classes.note}>{t`By its short code: look at the ticket itself.`}</p>}
    </>
  );
}

export function typeNameOf(
  { batch }: { readonly batch: string },
  { setup, knowledge }: { readonly setup: GateSetup; readonly knowledge: GateKnowledge },
): string {
  const index = knowledge.batches.get(batch)?.typeIndex;
  return setup.types.find((type) => type.index === index)?.name ?? '';
}
