import { Button, EmptyState, Group, Paper, Stack, Text } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { Page } from '../../components/page.tsx';
import { formatTickets } from '../../utils/format.ts';
import { useEventId } from '../events/use-event.ts';
import { useOpenTypes } from '../types/use-types.ts';
import { CheckStep } from './check-step.tsx';
import { countOf, type MintDraft, planOf } from './mint-draft.ts';
import { RunList } from './run-list.tsx';
import { StepBar } from './step-bar.tsx';
import { useDraft } from './use-draft.ts';
import { WhatStep } from './what-step.tsx';

/** Mint tickets: what, check, then the run, which has its own address. */
export function MintPage() {
  const eventId = useEventId();
  const types = useOpenTypes();
  return (
    <Page title="Mint tickets" size="md">
      {types.length === 0 ? <NoTypes eventId={eventId} /> : <MintSteps eventId={eventId} types={types} />}
      <RunList eventId={eventId} />
    </Page>
  );
}

function NoTypes({ eventId }: { readonly eventId: string }) {
  return (
    <EmptyState
      icon={<IconTicket aria-hidden />}
      title="No ticket types yet"
      description="Every ticket has a type, such as General or VIP."
    >
      <EmptyState.Actions>
        <Button renderRoot={(props) => <Link to="/events/$eventId/settings/types" params={{ eventId }} {...props} />}>
          Add ticket types
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}

interface MintStepsProps {
  readonly eventId: string;
  readonly types: readonly TicketType[];
}

function MintSteps({ eventId, types }: MintStepsProps) {
  const navigate = useNavigate();
  const what = useDraft(types);
  const [isChecking, setIsChecking] = useState(false);
  const { draft } = what;
  const checked = isChecking ? draft : undefined;
  return (
    <Stack gap="md">
      <StepBar active={checked === undefined ? 0 : 1} onBack={() => setIsChecking(false)} />
      {checked === undefined ? (
        <WhatStep what={what} types={types} onCheck={() => setIsChecking(true)} />
      ) : (
        <>
          <Summary draft={checked} types={types} onChange={() => setIsChecking(false)} />
          <CheckStep
            draft={checked}
            types={types}
            list={what.list}
            onBack={() => setIsChecking(false)}
            onStarted={(runId) =>
              void navigate({ to: '/events/$eventId/tickets/mint/$runId', params: { eventId, runId } })
            }
          />
        </>
      )}
    </Stack>
  );
}

interface SummaryProps {
  readonly draft: MintDraft;
  readonly types: readonly TicketType[];
  readonly onChange: () => void;
}

/** The first step in two lines, once it is filled in. */
function Summary({ draft, types, onChange }: SummaryProps) {
  const plan = planOf(draft, types);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Stack gap={2} miw={0}>
          <Text fw={600} truncate>
            {plan.title}
          </Text>
          <Text size="sm" c="dimmed" lineClamp={2}>
            {plan.batches
              .map(
                ({ typeIndex, count }) =>
                  `${types.find(({ index }) => index === typeIndex)?.name} ${formatTickets(count)}`,
              )
              .join(' · ')}
            {plan.batches.length > 1 && ` · ${formatTickets(countOf(plan))} in all`}
          </Text>
        </Stack>
        <Button variant="default" onClick={onChange}>
          Change
        </Button>
      </Group>
    </Paper>
  );
}
