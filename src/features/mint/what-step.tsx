import { t } from '@lingui/core/macro';
import { Button, Group, NumberInput, SegmentedControl, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import type { FormEvent } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { useEvent } from '../events/use-event.ts';
import { ListFields } from './list-fields.tsx';
import { MAX_QUANTITY } from './mint-draft.ts';
import { SeatPatternFields } from './seat-pattern-fields.tsx';
import { Section } from './section.tsx';
import { TypeSelect } from './type-select.tsx';
import type { WhatState } from './use-draft.ts';
import { ValidityFields } from './validity-fields.tsx';

interface WhatStepProps {
  readonly what: WhatState;
  readonly types: readonly TicketType[];
  /** Whether one came back from the check. */
  readonly isReturn: boolean;
  readonly onCheck: () => void;
}

/** The first step: how many of which type, or which list. */
export function WhatStep({ what, types, isReturn, onCheck }: WhatStepProps) {
  const { kind, setKind, isTest, values, set, draft, missing } = what;
  const { timeZone } = useEvent();
  const hasSeats = kind === 'list' && what.list.targets.includes('seat');
  const canDetail = kind === 'quantity' || what.list.report !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft !== undefined) onCheck();
  };
  return (
    <Stack gap="md" renderRoot={(props) => <form onSubmit={submit} noValidate {...props} />}>
      <Section title={t`What to mint`} takesFocus={isReturn}>
        <SegmentedControl
          aria-label={t`Mint by`}
          value={kind}
          onChange={setKind}
          data={[
            { value: 'quantity', label: t`A quantity` },
            { value: 'list', label: t`An attendee list` },
          ]}
          size="md"
        />
        {kind === 'quantity' ? <QuantityFields what={what} types={types} /> : <ListFields what={what} types={types} />}
      </Section>
      {canDetail && (
        <Section title={t`Details`}>
          {hasSeats ? (
            <Text size="sm" c="dimmed">
              {t`Seats come from the list.`}
            </Text>
          ) : (
            <SeatPatternFields values={values.seats} onChange={(seats) => set({ seats })} count={ticketsOf(what)} />
          )}
          <ValidityFields values={values.validity} onChange={(validity) => set({ validity })} timeZone={timeZone} />
          {isTest !== undefined && (
            <Switch
              label={t`Test tickets: never let in`}
              description={t`Signed and printed like all others. Every gate says that they are a rehearsal.`}
              checked={isTest}
              onChange={({ currentTarget }) => what.setTest(currentTarget.checked)}
            />
          )}
        </Section>
      )}
      <Group gap="sm">
        <Button type="submit" size="md" disabled={draft === undefined}>
          {t`Check`}
        </Button>
        {missing !== undefined && (
          <Text size="sm" c="dimmed">
            {missing}
          </Text>
        )}
      </Group>
    </Stack>
  );
}

function ticketsOf({ kind, values: { count }, list }: WhatState): number {
  return kind === 'quantity' ? Number(count) : (list.report?.usable ?? 0);
}

interface FieldsProps {
  readonly what: WhatState;
  readonly types: readonly TicketType[];
}

function QuantityFields({ what: { values, set }, types }: FieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      <TypeSelect types={types} typeIndex={values.typeIndex} onChange={(typeIndex) => set({ typeIndex })} />
      <NumberInput
        label={t`How many`}
        placeholder="10,000"
        min={1}
        max={MAX_QUANTITY}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator
        hideControls
        inputMode="numeric"
        value={values.count}
        onChange={(count) => set({ count })}
      />
    </SimpleGrid>
  );
}
