import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { MAX_FIELD_LENGTH, STANDARD_COLUMNS } from '../../../core/chunk/chunk.ts';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { BatchView } from '../batches/batch-view.ts';
import { useMakeChange } from '../changes/make-change.ts';
import type { ShownCorrection } from '../changes/overlay.ts';
import { columnWord } from './column-words.ts';
import type { Ticket } from './ticket.ts';

interface HolderPanelProps {
  readonly batch: BatchView;
  readonly ticket: Ticket;
  /** Its own, in the order they were made. */
  readonly corrections: readonly ShownCorrection[];
}

/** Whose ticket it is. A correction never changes the printed code, as that carries no personal data. */
export function HolderPanel({ batch, ticket, corrections }: HolderPanelProps) {
  const [editing, setEditing] = useState<string>();
  const fields = [...ticket.fields];
  const free = STANDARD_COLUMNS.filter((column) => !ticket.fields.has(column));
  return (
    <Panel title={t`Holder`}>
      <Stack gap="xs">
        {fields.length === 0 && (
          <Text size="sm" c="dimmed">
            {t`This ticket names nobody: whoever holds it is let in.`}
          </Text>
        )}
        {fields.map(([column, value]) =>
          editing === column ? (
            <FieldForm
              key={column}
              batch={batch}
              ticket={ticket}
              column={column}
              corrections={corrections}
              onDone={() => setEditing(undefined)}
            />
          ) : (
            <Group key={column} justify="space-between" wrap="nowrap" gap="xs">
              <Stack gap={0} miw={0}>
                <Text size="sm" c="dimmed">
                  {columnWord(column)}
                </Text>
                <Text style={{ overflowWrap: 'anywhere' }}>
                  <bdi>{value}</bdi>
                </Text>
              </Stack>
              <ActionIcon aria-label={t`Correct ${{ column: columnWord(column) }}`} onClick={() => setEditing(column)}>
                <IconPencil size="1.25rem" aria-hidden />
              </ActionIcon>
            </Group>
          ),
        )}
        {editing !== undefined && !ticket.fields.has(editing) && (
          <FieldForm
            batch={batch}
            ticket={ticket}
            column={editing}
            corrections={corrections}
            onDone={() => setEditing(undefined)}
          />
        )}
        {editing === undefined && (
          <Select
            aria-label={t`Add a field`}
            placeholder={t`Add a field`}
            data={free.map((column) => ({ value: column, label: columnWord(column) }))}
            value={null}
            onChange={(column) => setEditing(column ?? undefined)}
          />
        )}
      </Stack>
    </Panel>
  );
}

interface FieldFormProps extends HolderPanelProps {
  readonly column: string;
  readonly onDone: () => void;
}

function FieldForm({ batch, ticket, column, corrections, onDone }: FieldFormProps) {
  const before = ticket.fields.get(column) ?? '';
  const [value, setValue] = useState(before);
  const correct = useMakeChange(batch.eventId);
  const newest = corrections.findLast((one) => one.column === column);
  const save = () => {
    const field = { batch: batch.id, serial: ticket.serial, column, value: value.trim() === '' ? null : value.trim() };
    const based = newest?.waiting === undefined ? { basedOn: newest?.createdAt ?? null } : {};
    correct.mutate({ kind: 'correct', ...field, ...based }, { onSuccess: onDone });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="xs">
        <TextInput
          label={columnWord(column)}
          autoFocus
          maxLength={MAX_FIELD_LENGTH}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        {correct.error !== null && <ProblemAlert error={correct.error} title={t`The field was not corrected.`} />}
        <Group gap="xs">
          <Button type="submit" loading={correct.isPending} disabled={value.trim() === before}>
            {t`Save correction`}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t`Cancel`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
