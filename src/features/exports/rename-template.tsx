import { t } from '@lingui/core/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ExportTemplate } from '../../../core/api/export-template.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useEventId } from '../events/use-event.ts';
import { usePutExportTemplate } from './api/change-export-templates.ts';

/** A template's name as a field, in its place. */
export function RenameTemplate({
  template,
  onDone,
}: {
  readonly template: ExportTemplate;
  readonly onDone: () => void;
}) {
  const put = usePutExportTemplate(useEventId());
  const [name, setName] = useState(template.name);
  const save = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({ ...template, name: name.trim() }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={save} style={{ flex: '1 1 14rem' }}>
      <Group gap="xs" align="flex-end">
        <TextInput
          flex="1 1 12rem"
          label={t`New name`}
          maxLength={100}
          value={name}
          autoFocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={put.isPending} disabled={name.trim() === ''}>
          {t`Rename`}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t`Cancel`}
        </Button>
      </Group>
      {put.error !== null && <ProblemAlert error={put.error} title={t`The template was not renamed.`} />}
    </form>
  );
}
