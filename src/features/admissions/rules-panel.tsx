import { plural, t } from '@lingui/core/macro';
import { Button, Group, List, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type AdmissionRules, STANDARD_ADMISSION_RULES } from '../../../core/api/gate.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useEventId } from '../events/use-event.ts';
import { meQuery } from '../session/api/get-me.ts';
import { rulesQuery, useSetRules } from './api/admission-rules.ts';
import { durationWords } from './duration-field.tsx';
import { RulesForm } from './rules-form.tsx';

/** How long a change can be taken back by one press. */
const UNDO_SHOWN_MS = 10_000;

/** What holds at all gates; administrators change it. */
export function RulesPanel() {
  const eventId = useEventId();
  const rules = useQuery(rulesQuery(eventId));
  return (
    <Paper withBorder p="md" component="section" aria-label={t`Admission rules`}>
      {rules.data !== undefined ? (
        <Rules rules={rules.data} />
      ) : rules.error === null ? (
        <Skeleton h="7rem" />
      ) : (
        <ProblemAlert
          error={rules.error}
          title={t`The admission rules could not be loaded.`}
          onRetry={() => void rules.refetch()}
        />
      )}
    </Paper>
  );
}

function Rules({ rules }: { readonly rules: AdmissionRules }) {
  const { data: me } = useQuery(meQuery);
  const [isEditing, editing] = useDisclosure(false);
  const set = useSetRules(useEventId());
  const save = (changed: AdmissionRules) =>
    set.mutate(changed, {
      onSuccess: () => {
        editing.close();
        if (!isSame(changed, rules)) showSaved(() => set.mutateAsync(rules));
      },
    });
  const isAdmin = me?.role === 'admin';
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h3">
          {t`Admission rules`}
        </Title>
        {isAdmin && !isEditing && (
          <Button
            variant="default"
            leftSection={<IconPencil size="1.1em" aria-hidden />}
            aria-label={t`Edit the admission rules`}
            onClick={editing.open}
          >
            {t`Edit`}
          </Button>
        )}
      </Group>
      {isEditing ? (
        <RulesForm
          rules={rules}
          isPending={set.isPending}
          error={set.error}
          onSubmit={save}
          onCancel={() => {
            set.reset();
            editing.close();
          }}
        />
      ) : (
        <RulesWords rules={rules} />
      )}
      {!isEditing && set.error !== null && (
        <ProblemAlert error={set.error} title={t`The admission rules were not put back.`} />
      )}
      {!isAdmin && (
        <Text size="sm" c="dimmed">
          {t`An administrator can change them.`}
        </Text>
      )}
    </Stack>
  );
}

function RulesWords({ rules }: { readonly rules: AdmissionRules }) {
  const { capacity, earlyMs, lateMs } = rules;
  const early = durationWords(earlyMs);
  const late = durationWords(lateMs);
  return (
    <Stack gap="xs">
      <List size="sm" spacing={4}>
        <List.Item>
          {capacity === null
            ? t`As many on site at once as come`
            : plural(capacity, { one: 'At most # person on site at once', other: 'At most # people on site at once' })}
        </List.Item>
        <List.Item>
          {earlyMs === 0 ? t`Let in from when a ticket is valid` : t`Let in from ${early} before a ticket is valid`}
        </List.Item>
        <List.Item>
          {lateMs === 0 ? t`Let in until its validity ends` : t`Let in until ${late} after its validity has ended`}
        </List.Item>
      </List>
      {isSame(rules, STANDARD_ADMISSION_RULES) && (
        <Text size="sm" c="dimmed">
          {t`This is how every event begins.`}
        </Text>
      )}
    </Stack>
  );
}

function isSame(left: AdmissionRules, right: AdmissionRules): boolean {
  return left.capacity === right.capacity && left.earlyMs === right.earlyMs && left.lateMs === right.lateMs;
}

function showSaved(undo: () => Promise<unknown>): void {
  const id = notifications.show({
    autoClose: UNDO_SHOWN_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t`The admission rules are saved. Gates follow with their next sync.`}</Text>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            // By then one may be on another page.
            undo().catch(showNotUndone);
          }}
        >
          {t`Undo`}
        </Button>
      </Group>
    ),
  });
}

function showNotUndone(): void {
  notifications.show({
    color: 'red',
    message: t`The admission rules were not put back. Try again under Gates once the server answers.`,
  });
}
