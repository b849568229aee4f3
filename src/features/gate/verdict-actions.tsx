import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconShieldCheck } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { UNDO_MS } from '../../../core/gate/fold.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { GateDesk } from './gate-desk.ts';
import type { ScanOutcome } from './scan-outcome.ts';

interface VerdictActionsProps {
  readonly desk: GateDesk;
  /** Undefined before the first scan. */
  readonly outcome: ScanOutcome | undefined;
  /** A scan was taken back: the same code may be shown at once again. */
  readonly onUndone: () => void;
}

/** What may be done about the last verdict: take it back within a minute, or let in what only a rule refuses. */
export function VerdictActions({ desk, outcome, onUndone }: VerdictActionsProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  useEndOfUndo(outcome);
  const undo = (taken: ScanOutcome) => {
    setFailure(undefined);
    desk.undo(taken).then(onUndone, setFailure);
  };
  return (
    <Stack gap="xs">
      {failure !== undefined && <ProblemAlert error={failure} title={t`It was not taken back.`} />}
      {/* Nothing below it may move under a finger. */}
      <Group gap="xs" grow mih="2.75rem">
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

/** Draws once more when the minute is over. */
function useEndOfUndo(outcome: ScanOutcome | undefined): void {
  const [, setEnded] = useState(false);
  const { monotonicMs = 0 } = outcome ?? {};
  useEffect(() => {
    const timer = setTimeout(() => setEnded(true), Math.max(0, monotonicMs + UNDO_MS - performance.now()) + 100);
    return () => clearTimeout(timer);
  }, [monotonicMs]);
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
