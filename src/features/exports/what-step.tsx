import { Accordion, Button, Group, MultiSelect, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import type { Column } from '../../../core/export/format.ts';
import { EXPORT_FORMATS, FORMAT_IDS, type FormatId } from '../../../core/export/registry.ts';
import { formatCount, formatInstant, formatTickets } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { Section } from '../mint/section.tsx';
import { useTypes } from '../types/use-types.ts';
import { adaptColumns, usualColumns } from './column-draft.ts';
import { ColumnPicker } from './column-picker.tsx';
import { chosenBatches, type WhatDraft } from './export-draft.ts';
import { OptionsForm } from './options-form.tsx';

interface WhatStepProps {
  readonly draft: WhatDraft;
  readonly views: readonly BatchView[];
  readonly columns: readonly Column[];
  readonly usualName: string;
  readonly isReturn: boolean;
  readonly onChange: (change: Partial<WhatDraft>) => void;
  readonly onCheck: () => void;
}

/** The first step: which tickets, as what, with which columns. */
export function WhatStep({ draft, views, columns, usualName, isReturn, onChange, onCheck }: WhatStepProps) {
  const tickets = chosenBatches(draft, views).reduce((sum, { minted }) => sum + minted, 0);
  const columnDraft = draft.columns === null ? usualColumns(columns) : adaptColumns(draft.columns, columns);
  const hasColumns = columnDraft.some(({ isChosen }) => isChosen);
  return (
    <Section title="New export" takesFocus={isReturn}>
      <BatchSelect draft={draft} views={views} onChange={onChange} />
      {FORMAT_IDS.length > 1 && (
        <Select
          label="Format"
          description={EXPORT_FORMATS[draft.formatId].hint}
          value={draft.formatId}
          onChange={(formatId) => onChange({ formatId: formatId as FormatId, options: {} })}
          data={FORMAT_IDS.map((id) => ({ value: id, label: EXPORT_FORMATS[id].title }))}
          allowDeselect={false}
        />
      )}
      <TextInput
        label="File name"
        placeholder={usualName}
        value={draft.fileName ?? ''}
        maxLength={120}
        onChange={({ currentTarget: { value } }) => onChange({ fileName: value === '' ? null : value })}
      />
      <Accordion variant="separated" multiple>
        <Accordion.Item value="columns">
          <Accordion.Control>Columns: {columnsWords(draft, columns)}</Accordion.Control>
          <Accordion.Panel>
            <ColumnPicker
              columns={columnDraft}
              onChange={(chosen) => onChange({ columns: chosen })}
              onReset={() => onChange({ columns: null })}
            />
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="options">
          <Accordion.Control>
            {EXPORT_FORMATS[draft.formatId].title}: {Object.keys(draft.options).length === 0 ? 'as usual' : 'changed'}
          </Accordion.Control>
          <Accordion.Panel>
            <OptionsForm
              formatId={draft.formatId}
              value={draft.options}
              onChange={(options) => onChange({ options })}
            />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      <Group gap="sm">
        <Button size="md" disabled={tickets === 0 || !hasColumns} onClick={onCheck}>
          Check {formatTickets(tickets)}
        </Button>
        {!hasColumns && (
          <Text size="sm" c="dimmed">
            Choose at least one column.
          </Text>
        )}
      </Group>
    </Section>
  );
}

function columnsWords({ columns }: WhatDraft, all: readonly Column[]): string {
  if (columns === null) return `all ${formatCount(all.length)}`;
  const chosen = adaptColumns(columns, all).filter(({ isChosen }) => isChosen).length;
  return `${formatCount(chosen)} of ${formatCount(all.length)}`;
}

function BatchSelect({ draft, views, onChange }: Pick<WhatStepProps, 'draft' | 'views' | 'onChange'>) {
  const { timeZone } = useEvent();
  const types = useTypes();
  const labelOf = ({ typeIndex, minted, startedAt }: BatchView) => {
    const name = types.find(({ index }) => index === typeIndex)?.name ?? `Type ${typeIndex}`;
    return `${formatCount(minted)} × ${name}, ${formatInstant(startedAt, timeZone)}`;
  };
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label="Which tickets"
        value={draft.batchIds === null ? 'all' : 'some'}
        onChange={(which) => onChange({ batchIds: which === 'all' ? null : [] })}
        data={[
          { value: 'all', label: 'All tickets' },
          { value: 'some', label: 'Some batches' },
        ]}
      />
      {draft.batchIds !== null && (
        <MultiSelect
          label="Batches"
          placeholder={draft.batchIds.length === 0 ? 'Choose one or more' : ''}
          data={views.map((view) => ({ value: view.id, label: labelOf(view) }))}
          value={[...draft.batchIds]}
          onChange={(batchIds) => onChange({ batchIds })}
          searchable
        />
      )}
    </Stack>
  );
}
