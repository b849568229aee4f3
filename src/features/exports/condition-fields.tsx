import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { MultiSelect, NumberInput, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { DateColumn, Filter } from '../../../core/export/filters.ts';
import type { Column, RecordKind } from '../../../core/export/format.ts';
import { instantOf, wallTimeOf } from '../../utils/zoned-time.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { titledColumnWord } from '../tickets/column-words.ts';
import { useTypes } from '../types/use-types.ts';
import { useBatchLabel } from './batch-select.tsx';
import { conditionError } from './filter-draft.ts';
import { EffectFields, GateFields, ScanFields } from './scan-condition-fields.tsx';

/** The filters of one kind. */
export type Of<Kind extends Filter['kind']> = Extract<Filter, { readonly kind: Kind }>;
export interface FieldsProps<F extends Filter> {
  readonly filter: F;
  readonly onChange: (filter: F) => void;
}
interface ConditionFieldsProps extends FieldsProps<Filter> {
  readonly of: RecordKind;
  readonly views: readonly BatchView[];
  readonly columns: readonly Column[];
}

/** The fields of one condition. */
export function ConditionFields({ of, filter, views, columns, onChange }: ConditionFieldsProps) {
  switch (filter.kind) {
    case 'type':
      return <TypeFields filter={filter} onChange={onChange} />;
    case 'status':
      return <StatusFields filter={filter} onChange={onChange} />;
    case 'batch':
      return <BatchFields filter={filter} views={views} onChange={onChange} />;
    case 'gate':
      return <GateFields filter={filter} onChange={onChange} />;
    case 'scan':
      return <ScanFields filter={filter} onChange={onChange} />;
    case 'effect':
      return <EffectFields filter={filter} onChange={onChange} />;
    case 'serial':
      return <SerialFields filter={filter} onChange={onChange} />;
    case 'date':
      return <DateFields of={of} filter={filter} onChange={onChange} />;
    case 'text':
      return <TextFields of={of} filter={filter} columns={columns} onChange={onChange} />;
    default:
      return (
        <Text size="sm" c="dimmed">
          {t`Made elsewhere, and kept as it is.`}
        </Text>
      );
  }
}

function TypeFields({ filter, onChange }: FieldsProps<Of<'type'>>) {
  const types = useTypes();
  return (
    <MultiSelect
      aria-label={t`One of these ticket types`}
      placeholder={filter.types.length === 0 ? t`Choose one or more` : ''}
      data={types.map(({ index, name }) => ({ value: String(index), label: name }))}
      value={filter.types.map(String)}
      onChange={(values) => onChange({ ...filter, types: values.map(Number) })}
      searchable
    />
  );
}

function StatusFields({ filter, onChange }: FieldsProps<Of<'status'>>) {
  return (
    <Select
      aria-label={t`Status of the ticket`}
      value={filter.statuses[0] ?? 'valid'}
      onChange={(value) => onChange({ ...filter, statuses: [value === 'revoked' ? 'revoked' : 'valid'] })}
      data={[
        { value: 'valid', label: t({ message: 'Valid', context: 'ticket' }) },
        { value: 'revoked', label: t({ message: 'Revoked', context: 'ticket' }) },
      ]}
      allowDeselect={false}
    />
  );
}

function BatchFields({ filter, views, onChange }: FieldsProps<Of<'batch'>> & { readonly views: readonly BatchView[] }) {
  const labelOf = useBatchLabel();
  return (
    <MultiSelect
      aria-label={t`One of these batches`}
      placeholder={filter.batches.length === 0 ? t`Choose one or more` : ''}
      data={views.map((view) => ({ value: view.id, label: labelOf(view) }))}
      value={[...filter.batches]}
      onChange={(batches) => onChange({ ...filter, batches })}
      searchable
    />
  );
}

function SerialFields({ filter, onChange }: FieldsProps<Of<'serial'>>) {
  const field = (which: 'from' | 'to', label: string, error?: string) => (
    <NumberInput
      label={label}
      value={filter[which] ?? ''}
      min={1}
      max={4_294_967_295}
      allowDecimal={false}
      thousandSeparator
      hideControls
      error={error}
      onChange={(value) => onChange({ ...filter, [which]: typeof value === 'number' && value >= 1 ? value : null })}
    />
  );
  return (
    <SimpleGrid cols={2} spacing="sm">
      {field('from', t`From serial`)}
      {field('to', t`To serial`, conditionError(filter))}
    </SimpleGrid>
  );
}

const DATE_COLUMNS: Readonly<Record<RecordKind, readonly (readonly [DateColumn, MessageDescriptor])[]>> = {
  tickets: [
    ['mintedAt', msg`Minted at`],
    ['notBefore', msg`Valid from`],
    ['notAfter', msg`Valid until`],
  ],
  'check-ins': [
    ['scannedAt', msg`Scanned`],
    ['receivedAt', msg`Received`],
  ],
};

function DateFields({ of, filter, onChange }: FieldsProps<Of<'date'>> & { readonly of: RecordKind }) {
  const { timeZone } = useEvent();
  const field = (which: 'from' | 'before', label: string, error?: string) => {
    const at = filter[which];
    return (
      <TextInput
        type="datetime-local"
        label={label}
        description={timeZone}
        value={at === null ? '' : wallTimeOf(at, timeZone)}
        error={error}
        onChange={(event) => onChange({ ...filter, [which]: instantOf(event.currentTarget.value, timeZone) ?? null })}
      />
    );
  };
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
      <Select
        label={t`Which date`}
        description={of === 'tickets' ? t`Of the ticket` : t`Of the scan`}
        value={filter.column}
        onChange={(column) => onChange({ ...filter, column: (column ?? filter.column) as DateColumn })}
        data={DATE_COLUMNS[of].map(([value, label]) => ({ value, label: i18n._(label) }))}
        allowDeselect={false}
      />
      {field('from', t({ message: 'From', context: 'moment' }))}
      {field('before', t({ message: 'Before', context: 'moment' }), conditionError(filter))}
    </SimpleGrid>
  );
}

interface TextFieldsProps extends FieldsProps<Of<'text'>> {
  readonly of: RecordKind;
  readonly columns: readonly Column[];
}

function TextFields({ of, filter, columns, onChange }: TextFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput
        label={t({ message: 'Holds', context: 'text that a ticket holds' })}
        description={t`Whatever the case`}
        value={filter.text}
        maxLength={200}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
      <MultiSelect
        label={t`In columns`}
        description={of === 'tickets' ? t`None: any personal column` : t`None: any of them`}
        data={columns
          .filter(({ type }) => type === 'text')
          .map((column) => ({ value: column.id, label: titledColumnWord(column) }))}
        value={[...(filter.columns ?? [])]}
        onChange={(chosen) => onChange({ ...filter, columns: chosen.length === 0 ? null : chosen })}
      />
    </SimpleGrid>
  );
}
