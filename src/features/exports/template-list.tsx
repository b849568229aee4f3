import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button, Group, Menu, Paper, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAdjustments, IconDots, IconDownload, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExportPlan, ExportTemplate } from '../../../core/api/export-template.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatInstant } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { Section } from '../mint/section.tsx';
import { usePutExportTemplate, useRemoveExportTemplate } from './api/change-export-templates.ts';
import { ExportProblem } from './export-problem.tsx';
import { planWords } from './export-words.ts';
import { RenameTemplate } from './rename-template.tsx';
import type { UseExport, Where } from './use-export.ts';
import { useTemplates } from './use-templates.ts';

interface TemplateListProps {
  readonly start: UseExport['start'];
  /** Takes the plan into the form, to be changed before it runs. */
  readonly onAdjust: (plan: ExportPlan) => void;
}

/** What this event's people have set up before: run it, adjust it, rename it, delete it. */
export function TemplateList({ start, onAdjust }: TemplateListProps) {
  const { id: eventId } = useEvent();
  const { templates = [], canChange, error, refetch } = useTemplates(eventId);
  if (!canChange || (templates.length === 0 && error === null)) return null;
  return (
    <Section title={t`Templates of this event`}>
      {error !== null && <ProblemAlert error={error} title={t`The templates could not be loaded.`} onRetry={refetch} />}
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {templates.map((template) => (
          <TemplateItem key={template.id} template={template} start={start} onAdjust={onAdjust} />
        ))}
      </Stack>
    </Section>
  );
}

function TemplateItem({ template, start, onAdjust }: TemplateListProps & { readonly template: ExportTemplate }) {
  const { timeZone } = useEvent();
  const { name, plan, updatedAt, updatedBy } = template;
  const [isRenaming, setIsRenaming] = useState(false);
  const save = useMutation({ networkMode: 'always', mutationFn: (where: Where) => start(plan, where) });
  return (
    <Paper component="li" withBorder p="sm">
      <Stack gap="xs">
        <Group gap="sm" justify="space-between">
          {isRenaming ? (
            <RenameTemplate template={template} onDone={() => setIsRenaming(false)} />
          ) : (
            <Stack gap={2} flex="1 1 14rem" miw={0}>
              <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                <bdi>{name}</bdi>
              </Text>
              <Text size="sm" c="dimmed">
                <Trans>
                  {planWords(plan)} · <bdi>{updatedBy}</bdi>, {formatInstant(updatedAt, timeZone)}
                </Trans>
              </Text>
            </Stack>
          )}
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="light"
              leftSection={<IconDownload size="1.2em" aria-hidden />}
              aria-label={t`Export ${name}`}
              loading={save.isPending}
              onClick={() => save.mutate('ask')}
            >
              {t({ message: 'Export', context: 'verb' })}
            </Button>
            <TemplateMenu template={template} onAdjust={onAdjust} onRename={() => setIsRenaming(true)} />
          </Group>
        </Group>
        {save.isError && (
          <ExportProblem error={save.error} title={t`The export could not be started.`} wasBegun={false} />
        )}
        {save.isSuccess && save.data.length === 0 && (
          <Group gap="sm" role="status">
            <Text size="sm">{t`No file was chosen, so nothing was saved.`}</Text>
            <Button variant="default" onClick={() => save.mutate('download')}>
              {t`Download instead`}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

interface TemplateMenuProps {
  readonly template: ExportTemplate;
  readonly onAdjust: (plan: ExportPlan) => void;
  readonly onRename: () => void;
}

function TemplateMenu({ template, onAdjust, onRename }: TemplateMenuProps) {
  const { id: eventId } = useEvent();
  const put = usePutExportTemplate(eventId);
  const remove = useRemoveExportTemplate(eventId);
  const deleteIt = () =>
    remove.mutate(template.id, {
      onSuccess: () => {
        const id = notifications.show({
          autoClose: 10_000,
          message: (
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm">{t`Template “${{ name: template.name }}” is deleted.`}</Text>
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => put.mutate(template, { onSuccess: () => notifications.hide(id) })}
              >
                {t`Undo`}
              </Button>
            </Group>
          ),
        });
      },
      onError: () =>
        notifications.show({
          color: 'red',
          message: t`Template “${{ name: template.name }}” was not deleted. Try again once the server answers.`,
        }),
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t`More on ${{ name: template.name }}`}>
          <IconDots aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          mih="2.75rem"
          leftSection={<IconAdjustments size="1.2em" aria-hidden />}
          onClick={() => onAdjust(template.plan)}
        >
          {t`Open and adjust`}
        </Menu.Item>
        <Menu.Item mih="2.75rem" leftSection={<IconPencil size="1.2em" aria-hidden />} onClick={onRename}>
          {t`Rename`}
        </Menu.Item>
        <Menu.Item mih="2.75rem" color="red" leftSection={<IconTrash size="1.2em" aria-hidden />} onClick={deleteIt}>
          {t`Delete`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
