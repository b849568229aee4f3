import { t } from '@lingui/core/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from './problem-alert.tsx';

interface RenameFormProps {
  readonly name: string;
  readonly maxLength: number;
  readonly rename: { readonly isPending: boolean; readonly error: Error | null };
  /** Says what was not renamed. */
  readonly failure: string;
  readonly onRename: (name: string) => void;
  readonly onCancel: () => void;
}

/** A thing's name as a field, in its place. */
export function RenameForm({ name: before, maxLength, rename, failure, onRename, onCancel }: RenameFormProps) {
  const [name, setName] = useState(before);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onRename(name.trim());
  };
  return (
    <form onSubmit={save} style={{ flex: '1 1 14rem' }}>
      <Group gap="xs" align="flex-end">
        <TextInput
          flex="1 1 12rem"
          label={t`New name`}
          maxLength={maxLength}
          value={name}
          autoFocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={rename.isPending} disabled={name.trim() === ''}>
          {t`Rename`}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {t`Cancel`}
        </Button>
      </Group>
      {rename.error !== null && <ProblemAlert error={rename.error} title={failure} />}
    </form>
  );
}
