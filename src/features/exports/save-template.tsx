import { t } from '@lingui/core/macro';
import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmark } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useEventId } from '../events/use-event.ts';
import { newTemplateId, usePutExportTemplate } from './api/change-export-templates.ts';
import { useTemplates } from './use-templates.ts';

/** Keeps what is set up under a name, for everyone who works on the event. */
export function SaveTemplate({ plan, isDisabled }: { readonly plan: ExportPlan; readonly isDisabled: boolean }) {
  const eventId = useEventId();
  const { templates = [], canChange } = useTemplates(eventId);
  const put = usePutExportTemplate(eventId);
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const same = templates.find((template) => template.name === name.trim());
  if (!canChange) return null;
  const close = () => {
    put.reset();
    setIsOpen(false);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = () => {
      close();
      setName('');
      notifications.show({ message: t`Template “${{ name: name.trim() }}” is saved for this event.` });
    };
    put.mutate({ id: same?.id ?? newTemplateId(), name: name.trim(), plan }, { onSuccess });
  };
  return (
    <Popover opened={isOpen} onChange={(open) => !open && close()} width="min(24rem, 94vw)" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="md"
          variant="default"
          leftSection={<IconBookmark size="1.2em" aria-hidden />}
          disabled={isDisabled}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t`Save as template`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={save}>
          <Stack gap="sm">
            <TextInput
              label={t`Name of the template`}
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            <Text size="sm" c="dimmed">
              {same === undefined
                ? t`Everyone who works on this event can use it.`
                : t`A template of this name exists; it will be replaced.`}
            </Text>
            {put.error !== null && <ProblemAlert error={put.error} title={t`The template was not saved.`} />}
            <Group gap="xs">
              <Button type="submit" loading={put.isPending} disabled={name.trim() === ''}>
                {same === undefined ? t`Save template` : t`Replace template`}
              </Button>
              <Button variant="subtle" onClick={close}>
                {t`Cancel`}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
