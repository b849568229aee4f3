import { t } from '@lingui/core/macro';
import {
  IconCircleCheckFilled,
  IconHelpCircleFilled,
  IconLogout,
  IconQrcode,
  IconXboxXFilled,
} from '@tabler/icons-react';
import type { GateSetup } from '../../../core/api/gate.ts';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import { formatCount } from '../../utils/format.ts';
import type { ScanOutcome } from './scan-outcome.ts';
import classes from './verdict-panel.module.css';
import { headlineOf, reasonOf, toneOf } from './verdict-words.ts';

const ICONS = {
  in: IconCircleCheckFilled,
  out: IconLogout,
  no: IconXboxXFilled,
  ask: IconHelpCircleFilled,
} as const;

interface VerdictPanelProps {
  /** Undefined before the first scan. */
  readonly outcome: ScanOutcome | undefined;
  readonly knowledge: GateKnowledge;
}

/** The last verdict: a colour, a shape and words, all over. What is read out is said in one piece. */
export function VerdictPanel({ outcome, knowledge }: VerdictPanelProps) {
  if (outcome === undefined) return <Ready />;
  const tone = toneOf(outcome);
  const Icon = ICONS[tone];
  const reason = reasonOf(outcome, knowledge.setup);
  return (
    <div className={`${classes.panel} ${classes[tone]}`} data-tone={tone}>
      <Icon className={`${classes.icon} ${tone === 'out' ? 'mirrored' : ''}`} aria-hidden />
      {/* Anew with each scan, so that the same words are read out again. */}
      <div role={tone === 'no' ? 'alert' : 'status'} key={outcome.id}>
        <p className={classes.headline}>{headlineOf(outcome)}</p>
        {reason !== undefined && <p className={classes.reason}>{reason}</p>}
        <TicketLine outcome={outcome} setup={knowledge.setup} knowledge={knowledge} />
      </div>
    </div>
  );
}

function Ready() {
  return (
    <div className={classes.panel}>
      <IconQrcode className={classes.icon} aria-hidden />
      <p className={classes.reason}>{t`Ready. Scan a ticket.`}</p>
    </div>
  );
}

interface TicketLineProps {
  readonly outcome: ScanOutcome;
  readonly setup: GateSetup;
  readonly knowledge: GateKnowledge;
}

/** Its type and number. */
function TicketLine({ outcome: { ticket }, setup, knowledge }: TicketLineProps) {
  if (ticket === null) return null;
  const type = typeNameOf(ticket, { setup, knowledge });
  const serial = formatCount(ticket.serial);
  return (
    <p className={classes.reason}>
      <bdi>{type}</bdi> · {t`No. ${serial}`}
    </p>
  );
}

export function typeNameOf(
  { batch }: { readonly batch: string },
  { setup, knowledge }: { readonly setup: GateSetup; readonly knowledge: GateKnowledge },
): string {
  const index = knowledge.batches.get(batch)?.typeIndex;
  return setup.types.find((type) => type.index === index)?.name ?? '';
}
