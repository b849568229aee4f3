import { plural, t } from '@lingui/core/macro';
import { Accordion, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { Column, RecordKind } from '../../../core/export/format.ts';
import type { FormatId } from '../../../core/export/registry.ts';
import { formatCount } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { Section } from '../mint/section.tsx';
import { titledColumnWord } from '../tickets/column-words.ts';
import { BatchSelect } from './batch-select.tsx';
import { adaptColumns, usualColumns } from './column-draft.ts';
import { ColumnPicker } from './column-picker.tsx';
import type { Estimate } from './estimate.ts';
import { EstimateNumbers } from './estimate-numbers.tsx';
import type { WhatDraft } from './export-draft.ts';
import { conditionError, filterOf, saysSomething } from './filter-draft.ts';
import { FilterForm } from './filter-form.tsx';
import { FormatPicker } from './format-picker.tsx';
import { formatTitle } from './format-words.ts';
import { OptionsForm } from './options-form.tsx';
import { PdfFields } from './pdf-fields.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { SaveTemplate } from './save-template.tsx';
import { directionWords, SortFields } from './sort-fields.tsx';
import { SourceSelect } from './source-select.tsx';
import { SplitField, withCount } from './split-field.tsx';
import type { FormatPreview } from './use-previews.ts';

interface WhatStepProps {
  readonly draft: WhatDraft;
  /** The draft as data. */
  readonly plan: ExportPlan;
  readonly views: readonly BatchView[];
  readonly columns: readonly Column[];
  readonly usualName: string;
  readonly previews: readonly FormatPreview[];
  readonly estimate: Estimate;
  readonly isReturn: boolean;
  readonly onChange: (change: Partial<WhatDraft>) => void;
  readonly onCheck: () => void;
}

/** The first step: which tickets, as what, with which columns; and what that will look like. */
export function WhatStep(props: WhatStepProps) {
  const { draft, plan, views, columns, usualName, previews, estimate, isReturn, onChange } = props;
  return (
    <Section title={t`New export`} takesFocus={isReturn}>
      <Choices draft={draft} views={views} columns={columns} usualName={usualName} onChange={onChange} />
      {plan.formats.length > 0 && (draft.source === 'check-ins' || plan.batches?.length !== 0) && (
        <Stack gap="md">
          <PreviewPanel of={draft.source} previews={previews} />
          <EstimateNumbers of={draft.source} estimate={estimate} files={draft.formats.length} />
        </Stack>
      )}
      <Next {...props} />
    </Section>
  );
}

type ChoicesProps = Pick<WhatStepProps, 'draft' | 'views' | 'columns' | 'usualName' | 'onChange'>;

/** All that can be chosen: by far the most of the page, and none of it changes when a preview comes. */
const Choices = memo(function Choices({ draft, views, columns, usualName, onChange }: ChoicesProps) {
  return (
    <>
      <SourceSelect source={draft.source} onChange={(source) => onChange({ source })} />
      {draft.source === 'tickets' && (
        <BatchSelect batchIds={draft.batchIds} views={views} onChange={(batchIds) => onChange({ batchIds })} />
      )}
      <FormatPicker of={draft.source} formats={draft.formats} onChange={(formats) => onChange({ formats })} />
      <TextInput
        label={t`File name`}
        placeholder={usualName}
        value={draft.fileName ?? ''}
        maxLength={120}
        onChange={({ currentTarget: { value } }) => onChange({ fileName: value === '' ? null : value })}
      />
      <FoldedChoices draft={draft} views={views} columns={columns} onChange={onChange} />
    </>
  );
});

/** What most exports leave as it is, folded away with a word on how it stands. */
function FoldedChoices({ draft, views, columns, onChange }: Omit<ChoicesProps, 'usualName'>) {
  const columnDraft = draft.columns === null ? usualColumns(columns) : adaptColumns(draft.columns, columns);
  return (
    <Accordion variant="separated" multiple>
      <Choice value="filter" title={filterWords(draft)}>
        <FilterForm
          of={draft.source}
          draft={draft.filter}
          views={views}
          columns={columns}
          onChange={(filter) => onChange({ filter })}
        />
      </Choice>
      <Choice value="columns" title={columnsWords(draft, columns)}>
        <ColumnPicker
          columns={columnDraft}
          onChange={(chosen) => onChange({ columns: chosen })}
          onReset={() => onChange({ columns: null })}
        />
      </Choice>
      {draft.source === 'tickets' && (
        <Choice value="order" title={sortWords(draft, columns)}>
          <SortFields sort={draft.sort} columns={columns} onChange={(sort) => onChange({ sort })} />
        </Choice>
      )}
      {draft.formats.map((id) => (
        <Choice key={id} value={id} title={formatWords(draft, id)}>
          <Stack gap="md">
            <OptionsForm
              of={draft.source}
              formatId={id}
              value={draft.options[id] ?? {}}
              onChange={(options) => onChange({ options: { ...draft.options, [id]: options } })}
            />
            {id === 'tickets-pdf' && (
              <PdfFields
                value={draft.options[id] ?? {}}
                onChange={(options) => onChange({ options: { ...draft.options, [id]: options } })}
              />
            )}
            <SplitField
              value={draft.recordsPerFile[id]}
              onChange={(count) => onChange({ recordsPerFile: withCount(draft.recordsPerFile, id, count) })}
            />
          </Stack>
        </Choice>
      ))}
    </Accordion>
  );
}

function Choice({ value, title, children }: { value: string; title: string; children: ReactNode }) {
  return (
    <Accordion.Item value={value}>
      <Accordion.Control>{title}</Accordion.Control>
      <Accordion.Panel>{children}</Accordion.Panel>
    </Accordion.Item>
  );
}

function Next({ draft, plan, columns, previews, estimate, onCheck }: WhatStepProps) {
  const missing = whatIsMissing(draft, columns, estimate) ?? whatFails(previews);
  return (
    <Group gap="sm">
      <Button size="md" disabled={missing !== null || estimate.records === null} onClick={onCheck}>
        {checkWord(draft.source, estimate)}
      </Button>
      <SaveTemplate plan={plan} isDisabled={draft.formats.length === 0} />
      {missing !== null && (
        <Text size="sm" c="dimmed" role="status">
          {missing}
        </Text>
      )}
    </Group>
  );
}

/** What to do before it can go on; null when it can. */
function whatIsMissing(draft: WhatDraft, columns: readonly Column[], { records, isExact }: Estimate): string | null {
  if (draft.source === 'tickets' && draft.batchIds?.length === 0) return t`Choose at least one batch.`;
  if (draft.formats.length === 0) return t`Choose at least one format.`;
  if (draft.columns !== null && !adaptColumns(draft.columns, columns).some(({ isChosen }) => isChosen))
    return t`Choose at least one column.`;
  if (draft.filter.conditions.some(({ filter }) => conditionError(filter) !== undefined))
    return t`Correct the conditions first.`;
  if (records !== 0 || !isExact) return null;
  if (draft.source === 'tickets') return t`No ticket meets the conditions.`;
  return filterOf(draft.filter) === null ? t`Nobody was scanned yet.` : t`No scan meets the conditions.`;
}

function whatFails(previews: readonly FormatPreview[]): string | null {
  const failed = previews.find(({ error }) => error !== null);
  return failed === undefined
    ? null
    : t`${{ format: formatTitle(failed.formatId) }}: see under Preview what stands in the way.`;
}

function checkWord(of: RecordKind, { records, isExact }: Estimate): string {
  if (of === 'check-ins') return checkScansWord(records, isExact);
  if (records === null) return t`Check tickets`;
  return isExact
    ? plural(records, { one: 'Check # ticket', other: 'Check # tickets' })
    : plural(records, { one: 'Check about # ticket', other: 'Check about # tickets' });
}

function checkScansWord(records: number | null, isExact: boolean): string {
  if (records === null) return t`Check scans`;
  return isExact
    ? plural(records, { one: 'Check # scan', other: 'Check # scans' })
    : plural(records, { one: 'Check about # scan', other: 'Check about # scans' });
}

function formatWords({ options }: WhatDraft, id: FormatId): string {
  const format = formatTitle(id);
  return Object.keys(options[id] ?? {}).length === 0 ? t`${format}: as usual` : t`${format}: changed`;
}

function filterWords({ source, filter: { conditions } }: WhatDraft): string {
  const count = conditions.filter(({ filter }) => saysSomething(filter)).length;
  if (source === 'check-ins')
    return count === 0
      ? t`Which scans: all`
      : plural(count, { one: 'Which scans: # condition', other: 'Which scans: # conditions' });
  if (count === 0) return t`Which tickets: all`;
  return plural(count, { one: 'Which tickets: # condition', other: 'Which tickets: # conditions' });
}

function columnsWords({ columns }: WhatDraft, all: readonly Column[]): string {
  if (columns === null) return plural(all.length, { one: 'Columns: all #', other: 'Columns: all #' });
  const chosen = adaptColumns(columns, all).filter(({ isChosen }) => isChosen).length;
  return t`Columns: ${{ chosen: formatCount(chosen) }} of ${{ all: formatCount(all.length) }}`;
}

function sortWords({ sort }: WhatDraft, columns: readonly Column[]): string {
  if (sort === null) return t`Order: batch and serial`;
  const column = columns.find(({ id }) => id === sort.column);
  const name = column === undefined ? sort.column : titledColumnWord(column);
  return t`Order: ${name}, ${{ direction: directionWords(sort, columns) }}`;
}
