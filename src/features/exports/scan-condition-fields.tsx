import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RecordedScan, Scan } from '../../../core/api/gate.ts';
import { useEventId } from '../events/use-event.ts';
import { gatesQuery } from '../gates/api/get-gates.ts';
import type { FieldsProps, Of } from './condition-fields.tsx';

const SCANS: Readonly<Record<Scan['kind'], MessageDescriptor>> = {
  enter: msg`Entry`,
  exit: msg`Exit`,
  override: msg`Let in by a supervisor`,
  undo: msg`Taken back`,
};

const EFFECTS: Readonly<Record<RecordedScan['effect'], MessageDescriptor>> = {
  counted: msg`Counted`,
  double: msg`Double entry`,
  undone: msg`Undone`,
};

export function GateFields({ filter, onChange }: FieldsProps<Of<'gate'>>) {
  const { data: gates = [] } = useQuery(gatesQuery(useEventId()));
  return (
    <MultiSelect
      aria-label={t`One of these gates`}
      placeholder={filter.gates.length === 0 ? t`Choose one or more` : ''}
      data={gates.map(({ id, name }) => ({ value: id, label: name }))}
      value={[...filter.gates]}
      onChange={(chosen) => onChange({ ...filter, gates: chosen })}
      searchable
    />
  );
}

export function ScanFields({ filter, onChange }: FieldsProps<Of<'scan'>>) {
  return (
    <MultiSelect
      aria-label={t`One of these kinds of scans`}
      placeholder={filter.scans.length === 0 ? t`Choose one or more` : ''}
      data={choicesOf(SCANS)}
      value={[...filter.scans]}
      onChange={(chosen) => onChange({ ...filter, scans: chosen as Scan['kind'][] })}
    />
  );
}

export function EffectFields({ filter, onChange }: FieldsProps<Of<'effect'>>) {
  return (
    <MultiSelect
      aria-label={t`One of these effects`}
      placeholder={filter.effects.length === 0 ? t`Choose one or more` : ''}
      data={choicesOf(EFFECTS)}
      value={[...filter.effects]}
      onChange={(chosen) => onChange({ ...filter, effects: chosen as RecordedScan['effect'][] })}
    />
  );
}

function choicesOf(words: Readonly<Record<string, MessageDescriptor>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label: i18n._(label) }));
}
