import { t } from '@lingui/core/macro';
import { Button, Group, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type AdmissionRules, MAX_TOLERANCE_MS } from '../../../core/api/gate.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { DurationField, durationDraft, durationOf } from './duration-field.tsx';

interface RulesFormProps {
  readonly rules: AdmissionRules;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (rules: AdmissionRules) => void;
  readonly onCancel: () => void;
}

/** What holds at all gates of the event. */
export function RulesForm({ rules, isPending, error, onSubmit, onCancel }: RulesFormProps) {
  const [capacity, setCapacity] = useState<number | string>(rules.capacity ?? '');
  const [early, setEarly] = useState(() => durationDraft(rules.earlyMs));
  const [late, setLate] = useState(() => durationDraft(rules.lateMs));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({
      capacity: typeof capacity === 'number' ? capacity : null,
      // More hours than minutes are allowed of: what was typed before the unit was changed.
      earlyMs: Math.min(MAX_TOLERANCE_MS, durationOf(early)),
      lateMs: Math.min(MAX_TOLERANCE_MS, durationOf(late)),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md">
          <NumberInput
            label={t`On site at once, at most`}
            description={t`Over all gates together`}
            inputWrapperOrder={['label', 'description', 'input', 'error']}
            placeholder={t`No limit`}
            autoFocus
            min={1}
            max={100_000_000}
            allowDecimal={false}
            thousandSeparator
            hideControls
            value={capacity}
            onChange={setCapacity}
          />
          <DurationField
            label={t`Let in early by`}
            description={t`Before a ticket is valid`}
            value={early}
            maxMs={MAX_TOLERANCE_MS}
            onChange={setEarly}
          />
          <DurationField
            label={t`Let in late by`}
            description={t`After its validity has ended`}
            value={late}
            maxMs={MAX_TOLERANCE_MS}
            onChange={setLate}
          />
        </SimpleGrid>
        {error !== null && <ProblemAlert error={error} title={t`The admission rules were not saved.`} />}
        <Group gap="xs">
          <Button type="submit" loading={isPending}>
            {t`Save`}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t`Cancel`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
