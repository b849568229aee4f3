import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Button, Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { GateInput } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useTypes } from '../types/use-types.ts';
import { DIRECTIONS } from './gate-words.ts';

/** A gate as its form has it: types and capacity empty for all and for none. */
type GateFormValues = Omit<GateInput, 'types' | 'capacity'> & {
  readonly types: string[];
  readonly capacity: number | string;
};

export const NEW_GATE: GateInput = {
  name: '',
  types: null,
  direction: 'both',
  reentry: false,
  capacity: null,
  undo: true,
};

interface GateFormProps {
  readonly initial: GateInput;
  readonly submitLabel: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (input: GateInput) => void;
  readonly onCancel: () => void;
}

/** A gate's name and its rules. */
export function GateForm({ initial, submitLabel, isPending, error, onSubmit, onCancel }: GateFormProps) {
  const types = useTypes();
  const form = useForm<GateFormValues>({
    initialValues: valuesOf(initial),
    validate: { name: (name) => (name.trim() === '' ? t`Give the gate a name` : null) },
  });
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(inputOf(values)))} noValidate>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
          <TextInput
            label={t`Name`}
            placeholder={t`Main entrance`}
            maxLength={100}
            autoFocus
            {...form.getInputProps('name')}
          />
          <Select
            label={t`Direction`}
            allowDeselect={false}
            data={Object.entries(DIRECTIONS).map(([value, label]) => ({ value, label: i18n._(label) }))}
            {...form.getInputProps('direction')}
          />
          <NumberInput
            label={t`At most inside`}
            description={t`Who came in here, less who left here`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={t`No limit`}
            min={1}
            max={100_000_000}
            allowDecimal={false}
            thousandSeparator
            hideControls
            {...form.getInputProps('capacity')}
          />
        </SimpleGrid>
        <Checkbox
          label={t`Let in again whoever was scanned out`}
          disabled={form.values.direction === 'exit'}
          {...form.getInputProps('reentry', { type: 'checkbox' })}
        />
        <Checkbox
          label={t`Stewards may take back a scan within a minute`}
          {...form.getInputProps('undo', { type: 'checkbox' })}
        />
        {types.length > 1 && (
          <Checkbox.Group
            label={t`Ticket types`}
            description={t`None chosen: all of them`}
            {...form.getInputProps('types')}
          >
            <Group gap="md" mt={4}>
              {types.map(({ index, name }) => (
                <Checkbox key={index} value={String(index)} label={<bdi>{name}</bdi>} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        {error !== null && <ProblemAlert error={error} title={t`The gate was not saved.`} />}
        <Group gap="xs">
          <Button type="submit" loading={isPending}>
            {submitLabel}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t`Cancel`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function valuesOf({ types, capacity, ...rest }: GateInput): GateFormValues {
  return { ...rest, types: types?.map(String) ?? [], capacity: capacity ?? '' };
}

function inputOf({ name, types, direction, reentry, capacity, undo }: GateFormValues): GateInput {
  const indexes = types.map(Number).sort((left, right) => left - right);
  return {
    name: name.trim(),
    types: indexes.length === 0 ? null : indexes,
    direction,
    reentry: reentry && direction !== 'exit',
    capacity: typeof capacity === 'number' ? capacity : null,
    undo,
  };
}
