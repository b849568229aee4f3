import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconShieldCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { TicketId } from '../../../core/gate/decide.ts';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount } from '../../utils/format.ts';
import type { GateDesk } from './gate-desk.ts';
import type { ScanOutcome } from './scan-outcome.ts';
import { signalOf } from './signals.ts';
import { useEndOfUndo } from './use-end-of-undo.ts';
import { typeNameOf } from './verdict-panel.tsx';

interface VerdictActionsProps {
  readonly desk: GateDesk;
  /** Undefined before the first scan. */
  readonly outcome: ScanOutcome | undefined;
  readonly knowledge: GateKnowledge;
  /** A scan was taken back: the same code may be shown at once again. */
  readonly onUndone: () => void;
}

/** What may be done about the last verdict: take it back within a minute, or let in what only a rule refuses. */
export function VerdictActions({ desk, outcome, knowledge, onUndone }: VerdictActionsProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  useEndOfUndo(outcome);
  const undo = (taken: ScanOutcome) => {
    setFailure(undefined);
    desk.undo(taken).then(onUndone, setFailure);
  };
  const choose = (ticket: TicketId) => {
    if (outcome === undefined) return;
    desk.choose(outcome, ticket).then((chosen) => chosen !== undefined && signalOf(chosen), setFailure);
  };
  return (
    <Stack gap="xs">
      {failure !== undefined && <ProblemAlert error={failure} title={t`It was not taken back.`} />}
      {/* Nothing below it may move under a finger. */}
      <Group gap="xs" grow mih="2.75rem">
        {outcome?.verdict.kind === 'which-one' && (
          <TicketChoice tickets={outcome.verdict.tickets} knowledge={knowledge} onChoice={choose} />
        )}
        {outcome !== undefined && desk.canUndo(outcome) && (
          <Button
            size="lg"
            variant="default"
            leftSection={<IconArrowBackUp className="mirrored" aria-hidden />}
            onClick={() => undo(outcome)}
          >
            {t`Take it back`}
          </Button>
        )}
        {outcome !== undefined && desk.canOverride(outcome) && (
          <Button
            size="lg"
            variant="default"
            leftSection={<IconShieldCheck aria-hidden />}
            onClick={() => setIsAsking(true)}
          >
            {t`Let in all the same`}
          </Button>
        )}
      </Group>
      {isAsking && outcome !== undefined && (
        <OverrideDialog desk={desk} outcome={outcome} onClose={() => setIsAsking(false)} />
      )}
    </Stack>
  );
}

interface TicketChoiceProps {
  readonly tickets: readonly TicketId[];
  readonly knowledge: GateKnowledge;
  readonly onChoice: (ticket: TicketId) => void;
}

/** Tickets that have the same short code. */
function TicketChoice({ tickets, knowledge, onChoice }: TicketChoiceProps) {
  return tickets.map((ticket) => {
    const type = typeNameOf(ticket, { setup: knowledge.setup, knowledge });
    const serial = formatCount(ticket.serial);
    return (
      <Button key={`${ticket.batch} ${ticket.serial}`} size="lg" variant="default" onClick={() => onChoice(ticket)}>
        <bdi>{type}</bdi>&nbsp;· {t`No. ${serial}`}
      </Button>
    );
  });
}

interface OverrideDialogProps {
  readonly desk: GateDesk;
  readonly outcome: ScanOutcome;
  readonly onClose: () => void;
}

function OverrideDialog({ desk, outcome, onClose }: OverrideDialogProps) {
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    desk.override(outcome, reason.trim()).then(onClose, setFailure);
  };
  return (
    <Modal opened onClose={onClose} title={t`Let in all the same`}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t`Reason`}
            description={t`For a supervisor: it is kept with the scan, and everybody sees it`}
            maxLength={100}
            data-autofocus
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {failure !== undefined && <ProblemAlert error={failure} title={t`It was not recorded: let nobody in.`} />}
          <Group gap="xs">
            <Button type="submit" disabled={reason.trim() === ''}>
              {t`Let in`}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t`Cancel`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
