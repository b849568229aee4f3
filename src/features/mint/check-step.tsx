import { plural, t } from '@lingui/core/macro';
import { Alert, Button, Checkbox, Group, List, Progress, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { connection } from '../../api/connection.ts';
import { formatAbout, formatBytes, formatCount, formatPercent, formatTickets } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { checkWarnings } from './check-warnings.ts';
import { ListProblem } from './list-problem.tsx';
import { bytesPerTicket, CONFIRM_ABOVE, countOf, type MintDraft, planOf } from './mint-draft.ts';
import { type Preflight, preflight } from './preflight.ts';
import { startRun } from './run-controller.ts';
import { Section } from './section.tsx';
import type { ListImport } from './use-list-import.ts';

interface CheckStepProps {
  readonly draft: MintDraft;
  readonly types: readonly TicketType[];
  readonly list: ListImport;
  readonly onBack: () => void;
  readonly onStarted: (runId: string) => void;
}

/** The second step: what it will take on this device, what may go wrong, and the button that starts it. */
export function CheckStep({ draft, types, list, onBack, onStarted }: CheckStepProps) {
  const plan = planOf(draft, types);
  const count = countOf(plan);
  const measured = useQuery({
    queryKey: ['preflight', count, bytesPerTicket(draft)],
    queryFn: () => preflight(count, bytesPerTicket(draft)),
    networkMode: 'always',
    retry: false,
    gcTime: 0,
  });
  const connectionState = useSyncExternalStore(connection.subscribe, () => connection.state);
  const event = useEvent();
  const { blocking, notes } = checkWarnings({ draft, plan, types, event, measured: measured.data, connectionState });
  const [isConfirmed, setIsConfirmed] = useState(count <= CONFIRM_ABOVE);
  const [share, setShare] = useState(0);
  const start = useMutation({
    mutationFn: () => {
      setShare(0);
      const stage = (targets: Readonly<Record<number, string>>) => list.stage(targets, plan.chunkSize, setShare);
      return startRun(plan, draft.source.kind === 'list' ? stage : undefined);
    },
    networkMode: 'always',
    onSuccess: onStarted,
  });
  return (
    <Section title={t`Check`} takesFocus>
      {blocking.length > 0 && (
        <Alert
          role="alert"
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t`This cannot be minted as it is`}
        >
          <Points points={blocking} />
        </Alert>
      )}
      {measured.error === null ? (
        <Numbers measured={measured.data} count={count} batches={plan.batches.length} />
      ) : (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t`This device could not be measured`}>
          {t`Minting may still work. ${{ message: measured.error.message }}`}
        </Alert>
      )}
      {/* What was measured may add notes: shown before, the buttons would move under the finger. */}
      <Stack gap="md" style={{ visibility: measured.isPending ? 'hidden' : 'visible' }}>
        {notes.length > 0 && <Notes notes={notes} />}
        {count > CONFIRM_ABOVE && blocking.length === 0 && (
          <Checkbox
            size="md"
            py="xs"
            label={t`Yes, ${{ tickets: formatTickets(count) }}`}
            checked={isConfirmed}
            onChange={(event) => setIsConfirmed(event.currentTarget.checked)}
          />
        )}
        {start.isPending && draft.source.kind === 'list' && (
          <Stack gap={4} role="status">
            <Text size="sm">{t`Keeping the list on this device: ${{ percent: formatPercent(share, 1) }}`}</Text>
            <Progress value={100 * share} aria-label={t`Keeping the list on this device`} transitionDuration={100} />
          </Stack>
        )}
        {start.error !== null && <ListProblem error={start.error} />}
        <Group gap="sm">
          <Button
            size="md"
            loading={start.isPending}
            disabled={!isConfirmed || blocking.length > 0}
            onClick={() => start.mutate()}
          >
            {t`Mint ${{ tickets: formatTickets(count) }}`}
          </Button>
          <Button size="md" variant="default" onClick={onBack} disabled={start.isPending}>
            {t`Back`}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t`Good to know before you start`}>
      <Points points={notes} />
    </Alert>
  );
}

function Points({ points }: { readonly points: readonly string[] }) {
  return (
    <List size="sm" spacing={4}>
      {points.map((point) => (
        <List.Item key={point}>{point}</List.Item>
      ))}
    </List>
  );
}

interface NumbersProps {
  readonly measured: Preflight | undefined;
  readonly count: number;
  readonly batches: number;
}

function Numbers({ measured, count, batches }: NumbersProps) {
  const facts = [
    {
      label: t`Tickets`,
      value: formatCount(count),
      hint: plural(batches, { one: 'in one batch', other: 'in # batches, one for each type' }),
    },
    {
      label: t`Time to sign`,
      value: measured && formatAbout(measured.durationMs),
      hint:
        measured &&
        t`${{ ticketsPerSecond: formatCount(Math.round(measured.ticketsPerSecond)) }} a second, measured here`,
    },
    {
      label: t`Space on this device`,
      value: measured && formatBytes(measured.bytesNeeded),
      hint: measured && spaceHint(measured),
    },
  ];
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md" aria-busy={measured === undefined}>
      {facts.map(({ label, value, hint }) => (
        <Stack key={label} gap={2}>
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          {value === undefined ? (
            <Skeleton h="1.9375rem" w="8rem" />
          ) : (
            <Text fz="h2" fw={650}>
              {value}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {hint ?? t`Measuring…`}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  );
}

function spaceHint({ bytesAvailable }: Preflight): string {
  return bytesAvailable === null
    ? t`the browser does not say how much is free`
    : t`of ${{ size: formatBytes(bytesAvailable) }} free`;
}
