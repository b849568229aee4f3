import { t } from '@lingui/core/macro';
import { Button, Group, NumberInput, type NumberInputProps, Select, SimpleGrid, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { Gate } from '../../../core/api/gate-device.ts';
import { gatesFor } from '../../../core/gate/rehearsal.ts';
import { formatTickets } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useBatchLabel } from '../exports/batch-select.tsx';
import { Section } from '../mint/section.tsx';
import { MAX_DEVICES, MAX_TICKETS, type RehearsalDraft, STANDARD_DRAFT } from './rehearsal-draft.ts';

const MAX_OFFLINE = 90;
const MAX_SEED = 2 ** 32 - 1;

const NUMBER = {
  allowDecimal: false,
  allowNegative: false,
  clampBehavior: 'none',
  // Side by side, fields are level however long their descriptions are.
  inputWrapperOrder: ['label', 'input', 'description', 'error'],
} satisfies Partial<NumberInputProps>;
const PERCENT = { ...NUMBER, min: 0, suffix: ' %' } satisfies Partial<NumberInputProps>;

interface RehearsalFormProps {
  readonly gates: readonly Gate[];
  readonly views: readonly BatchView[];
  readonly isRunning: boolean;
  readonly onSubmit: (draft: RehearsalDraft) => void;
}

/** Numbers as they are typed: texts while they are none. */
type FormValues = Record<'devices' | 'offline' | 'copies' | 'lostReplies' | 'seed', number | string> & {
  batchId: string | null;
};

/** Which batch, how many devices, and what goes wrong how often. */
export function RehearsalForm({ gates, views, isRunning, onSubmit }: RehearsalFormProps) {
  const labelOf = useBatchLabel();
  const viewOf = (batchId: string | null) => views.find(({ id }) => id === batchId);
  const form = useForm<FormValues>({
    initialValues: {
      ...STANDARD_DRAFT,
      devices: Math.max(STANDARD_DRAFT.devices, gates.filter(({ archivedAt }) => archivedAt === null).length),
      seed: '',
      batchId: usualBatch(views)?.id ?? null,
    },
    validate: {
      batchId: (batchId) => batchProblem(viewOf(batchId), gates),
      devices: (count) => (isBetween(count, 1, MAX_DEVICES) ? null : t`From 1 to ${MAX_DEVICES}`),
      offline: percentProblem(MAX_OFFLINE),
      copies: percentProblem(100),
      lostReplies: percentProblem(100),
      seed: (seed) => (seed === '' || isBetween(seed, 0, MAX_SEED) ? null : t`A number as a report shows it`),
    },
  });
  return (
    <Section title={t`What is rehearsed`}>
      <form onSubmit={form.onSubmit((values) => onSubmit(draftOf(values)))} noValidate>
        <Stack gap="md">
          <Select
            label={t`Batch`}
            description={descriptionOf(viewOf(form.values.batchId))}
            allowDeselect={false}
            searchable
            data={views.map((view) => ({ value: view.id, label: labelOf(view) }))}
            {...form.getInputProps('batchId')}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            {numberFields().map(({ name, ...field }) => (
              <NumberInput key={name} {...field} {...form.getInputProps(name)} />
            ))}
          </SimpleGrid>
          <Group>
            <Button type="submit" size="md" leftSection={<IconPlayerPlay aria-hidden />} disabled={isRunning}>
              {t`Rehearse`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

type NumberName = Exclude<keyof FormValues, 'batchId'>;

function numberFields(): readonly (NumberInputProps & { readonly name: NumberName })[] {
  return [
    {
      name: 'devices',
      label: t`Devices`,
      description: t`They stand at the open gates in turn.`,
      ...NUMBER,
      min: 1,
      max: MAX_DEVICES,
    },
    {
      name: 'offline',
      label: t`Without a network`,
      description: t`How much of the time each device is; a quarter of an hour at once, on average.`,
      ...PERCENT,
      max: MAX_OFFLINE,
    },
    {
      name: 'copies',
      label: t`Copies`,
      description: t`How many tickets are shown a second time, by somebody who has a copy.`,
      ...PERCENT,
      max: 100,
    },
    {
      name: 'lostReplies',
      label: t`Lost answers`,
      description: t`How often scans arrive and the answer does not, so that they are sent again.`,
      ...PERCENT,
      max: 100,
    },
    {
      name: 'seed',
      label: t`Seed`,
      description: t`From a report, to play the same day again; empty for another one.`,
      ...NUMBER,
      hideControls: true,
      min: 0,
      max: MAX_SEED,
    },
  ];
}

/** The newest that is complete, else the newest. */
function usualBatch(views: readonly BatchView[]): BatchView | undefined {
  return views.find(({ state }) => state === 'complete') ?? views[0];
}

function descriptionOf(view: BatchView | undefined): string {
  return view !== undefined && view.count > MAX_TICKETS
    ? t`The first ${{ tickets: formatTickets(MAX_TICKETS) }} of it come, each once.`
    : t`All of its tickets come, each once.`;
}

function batchProblem(view: BatchView | undefined, gates: readonly Gate[]): string | null {
  if (view === undefined) return t`Choose a batch`;
  return gatesFor({ gates }, view.typeIndex).length === 0 ? t`No open gate lets in its type.` : null;
}

function isBetween(value: number | string, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function percentProblem(most: number) {
  return (value: number | string) => (isBetween(value, 0, most) ? null : t`From 0 to ${most} %`);
}

function draftOf({ batchId, devices, offline, copies, lostReplies, seed }: FormValues): RehearsalDraft {
  return {
    batchId,
    devices: Number(devices),
    offline: Number(offline),
    copies: Number(copies),
    lostReplies: Number(lostReplies),
    seed: seed === '' ? null : Number(seed),
  };
}
