import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAdjustments, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import { Section } from '../mint/section.tsx';
import { ExportProblem } from './export-problem.tsx';
import { QUICK_PLANS } from './quick-plans.ts';
import type { UseExport, Where } from './use-export.ts';

interface QuickExportsProps {
  readonly exporter: Pick<UseExport, 'start' | 'isReady'>;
  /** Takes the plan into the form, to be changed before it runs. */
  readonly onAdjust: (plan: ExportPlan) => void;
}

/** The usual exports, each one press away, with the need it serves. */
export function QuickExports({ exporter: { start, isReady }, onAdjust }: QuickExportsProps) {
  const save = useMutation({
    networkMode: 'always',
    mutationFn: ({ plan, where }: { readonly plan: ExportPlan; readonly where: Where }) => start(plan, where),
  });
  return (
    <Section title={t`In one press`}>
      <SimpleGrid
        cols={{ base: 1, xs: 2, md: 3 }}
        spacing="sm"
        component="ul"
        m={0}
        p={0}
        style={{ listStyle: 'none' }}
      >
        {QUICK_PLANS.map(({ id, title, hint, plan }) => (
          <Paper key={id} component="li" withBorder p="sm">
            <Stack gap="xs">
              <Group gap="xs" wrap="nowrap">
                <Button
                  flex={1}
                  variant="light"
                  justify="flex-start"
                  leftSection={<IconDownload size="1.2em" aria-hidden />}
                  disabled={!isReady}
                  aria-describedby={`quick-${id}`}
                  loading={save.isPending && save.variables.plan === plan}
                  onClick={() => save.mutate({ plan, where: 'ask' })}
                >
                  {i18n._(title)}
                </Button>
                <Button
                  variant="subtle"
                  color="gray"
                  px="xs"
                  aria-label={t`Adjust: ${{ title: i18n._(title) }}`}
                  onClick={() => onAdjust(plan)}
                >
                  <IconAdjustments size="1.4em" aria-hidden />
                </Button>
              </Group>
              <Text size="sm" c="dimmed" id={`quick-${id}`}>
                {i18n._(hint)}
              </Text>
            </Stack>
          </Paper>
        ))}
      </SimpleGrid>
      {save.isError && (
        <ExportProblem error={save.error} title={t`The export could not be started.`} wasBegun={false} />
      )}
      {save.isSuccess && save.data.length === 0 && (
        <Group gap="sm" role="status">
          <Text>{t`No file was chosen, so nothing was saved.`}</Text>
          <Button variant="default" onClick={() => save.mutate({ ...save.variables, where: 'download' })}>
            {t`Download instead`}
          </Button>
        </Group>
      )}
    </Section>
  );
}
