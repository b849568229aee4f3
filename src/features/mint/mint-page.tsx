import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Button, EmptyState, Group, Paper, Stack, Text } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { compileSeatPattern } from '../../../core/attendees/seat-pattern.ts';
import { Page } from '../../components/page.tsx';
import { PAGE_HEADS } from '../../first-view/page-heads.ts';
import { formatCount, formatInstant } from '../../utils/format.ts';
import { useEvent, useEventId } from '../events/use-event.ts';
import { useOpenTypes } from '../types/use-types.ts';
import { CheckStep } from './check-step.tsx';
import { type MintDraft, planOf, typeName } from './mint-draft.ts';
import { RunList } from './run-list.tsx';
import { StepBar } from './step-bar.tsx';
import { useDraft } from './use-draft.ts';
import { WhatStep } from './what-step.tsx';

/** Mint tickets: what, check, then the run, which has its own address. */
export function MintPage() {
  const eventId = useEventId();
  const types = useOpenTypes();
  return (
    <Page title={t`Mint tickets`} lead={i18n._(PAGE_HEADS['tickets/mint'].lead)} size="md">
      {types.length === 0 ? <NoTypes eventId={eventId} /> : <MintSteps eventId={eventId} types={types} />}
      <RunList eventId={eventId} />
    </Page>
  );
}

function NoTypes({ eventId }: { readonly eventId: string }) {
  return (
    <EmptyState
      icon={<IconTicket aria-hidden />}
      title={t`No ticket types yet`}
      description={t`Every ticket has a type, such as General or VIP.`}
    >
      <EmptyState.Actions>
        <Button renderRoot={(props) => <Link to="/events/$eventId/settings/types" params={{ eventId }} {...props} />}>
          {t`Add ticket types`}
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
  const [step, setStep] = useState<'what' | 'check' | 'what-again'>('what');
  const checked = step === 'check' ? what.draft : undefined;
  const goBack = () => setStep('what-again');
  return (
    <Stack gap="md">
      <StepBar active={checked === undefined ? 0 : 1} />
      {checked === undefined ? (
        <WhatStep what={what} types={types} isReturn={step !== 'what'} onCheck={() => setStep('check')} />
      ) : (
        <>
          <Summary draft={checked} types={types} onChange={goBack} />
          <CheckStep
            draft={checked}
            types={types}
            list={what.list}
            onBack={goBack}
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
  const { timeZone, demo } = useEvent();
  const plan = planOf(draft, types);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Stack gap={2} miw={0}>
          <Text fw={600} truncate dir="auto" w="fit-content" maw="100%">
            {plan.title}
          </Text>
          <Text size="sm" c="dimmed">
            {[...testWords(draft, demo), ...detailsOf(draft, types, timeZone)].map((detail, index) => (
              <Fragment key={detail}>
                {index > 0 && ' · '}
                <bdi>{detail}</bdi>
              </Fragment>
            ))}
          </Text>
        </Stack>
        <Button variant="default" onClick={onChange} style={{ flexShrink: 0 }}>
          {t`Change`}
        </Button>
      </Group>
    </Paper>
  );
}

function testWords({ rehearsal }: MintDraft, isDemo: true | undefined): readonly string[] {
  return rehearsal === true && isDemo !== true ? [t`Test tickets: never let in`] : [];
}

function detailsOf(draft: MintDraft, types: readonly TicketType[], timeZone: string): readonly string[] {
  const { source, seatPattern, validity } = draft;
  const counts = source.kind === 'list' ? source.report.counts : [];
  const { notBefore, notAfter } = validity;
  return [
    ...counts.map(({ typeIndex, count }) => `${formatCount(count)} × ${typeName(types, typeIndex)}`),
    seatPattern === null ? '' : t`seats from ${{ seat: compileSeatPattern(seatPattern)(0) }}`,
    notBefore === null ? '' : t`valid from ${{ time: formatInstant(notBefore, timeZone) }}`,
    notAfter === null ? '' : t`valid until ${{ time: formatInstant(notAfter, timeZone) }}`,
  ].filter((detail) => detail !== '');
}
