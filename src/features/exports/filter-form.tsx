import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { ActionIcon, Button, Group, Menu, Paper, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Filter } from '../../../core/export/filters.ts';
import type { Column, RecordKind } from '../../../core/export/format.ts';
import { formatCount } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { ConditionFields } from './condition-fields.tsx';
import { type Condition, type ConditionKind, type FilterDraft, newCondition } from './filter-draft.ts';

const TITLES: Readonly<Record<ConditionKind, MessageDescriptor>> = {
  type: msg`Ticket type`,
  status: msg`Status`,
  batch: msg`Batch`,
  serial: msg`Serial`,
  date: msg`Date`,
  gate: msg`Gate`,
  scan: msg`Scan`,
  effect: msg`Effect`,
  text: msg`Text`,
};
/** What can be asked about them, in the order of the menu. */
const KINDS: Readonly<Record<RecordKind, readonly ConditionKind[]>> = {
  tickets: ['type', 'status', 'batch', 'serial', 'date', 'text'],
  'check-ins': ['date', 'gate', 'scan', 'effect', 'type', 'batch', 'serial', 'text'],
};

interface FilterFormProps {
  /** What is filtered. */
  readonly of: RecordKind;
  readonly draft: FilterDraft;
  readonly views: readonly BatchView[];
  readonly columns: readonly Column[];
  readonly onChange: (draft: FilterDraft) => void;
}

/** Which records: conditions that all hold, or of which one holds, each of them also the other way round. */
export function FilterForm({ of, draft, views, columns, onChange }: FilterFormProps) {
  const { match, conditions } = draft;
  const change = (id: string, part: Partial<Condition>) =>
    onChange({ match, conditions: conditions.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  return (
    <Stack gap="sm">
      {conditions.length === 0 && (
        <Text size="sm" c="dimmed">
          {of === 'tickets'
            ? t`All tickets are exported. Add a condition to leave some out.`
            : t`All scans are exported. Add a condition to leave some out.`}
        </Text>
      )}
      {conditions.length > 1 && (
        <SegmentedControl
          aria-label={t`How the conditions go together`}
          value={match}
          onChange={(value) => onChange({ match: value === 'any' ? 'any' : 'all', conditions })}
          data={[
            { value: 'all', label: t`All of these` },
            { value: 'any', label: t`Any of these` },
          ]}
        />
      )}
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {conditions.map((condition, index) => (
          <ConditionRow
            key={condition.id}
            number={index + 1}
            of={of}
            condition={condition}
            views={views}
            columns={columns}
            onChange={(part) => change(condition.id, part)}
            onRemove={() => onChange({ match, conditions: conditions.filter(({ id }) => id !== condition.id) })}
          />
        ))}
      </Stack>
      <AddCondition
        of={of}
        onAdd={(kind) => onChange({ match, conditions: [...conditions, newCondition(kind, of)] })}
      />
    </Stack>
  );
}

interface ConditionRowProps {
  readonly of: RecordKind;
  readonly number: number;
  readonly condition: Condition;
  readonly views: readonly BatchView[];
  readonly columns: readonly Column[];
  readonly onChange: (part: Partial<Condition>) => void;
  readonly onRemove: () => void;
}

function ConditionRow({ of, number, condition, views, columns, onChange, onRemove }: ConditionRowProps) {
  const { isNot, filter } = condition;
  const title = titleOf(filter);
  return (
    <Paper component="li" withBorder p="sm" aria-label={t`Condition ${{ number: formatCount(number) }}: ${title}`}>
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap" justify="space-between">
          <Text fw={600} flex={1} miw={0}>
            {title}
          </Text>
          <Select
            w="7.5rem"
            aria-label={t`${title}: is or is not`}
            value={isNot ? 'not' : 'is'}
            onChange={(value) => onChange({ isNot: value === 'not' })}
            data={[
              { value: 'is', label: t({ message: 'is', context: 'condition' }) },
              { value: 'not', label: t({ message: 'is not', context: 'condition' }) },
            ]}
            allowDeselect={false}
          />
          <ActionIcon aria-label={t`Remove condition ${{ number: formatCount(number) }}: ${title}`} onClick={onRemove}>
            <IconX aria-hidden />
          </ActionIcon>
        </Group>
        <ConditionFields
          of={of}
          filter={filter}
          views={views}
          columns={columns}
          onChange={(changed) => onChange({ filter: changed })}
        />
      </Stack>
    </Paper>
  );
}

function titleOf({ kind }: Filter): string {
  return kind in TITLES ? i18n._(TITLES[kind as ConditionKind]) : t`Several conditions`;
}

interface AddConditionProps {
  readonly of: RecordKind;
  readonly onAdd: (kind: ConditionKind) => void;
}

function AddCondition({ of, onAdd }: AddConditionProps) {
  return (
    <Group>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size="1.2em" aria-hidden />}>
            {t`Add a condition`}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {KINDS[of].map((kind) => (
            <Menu.Item key={kind} mih="2.75rem" onClick={() => onAdd(kind)}>
              {i18n._(TITLES[kind])}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
