import { t } from '@lingui/core/macro';
import { Button, Group, Radio } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../../components/page.tsx';
import { formatList } from '../../utils/format.ts';
import { usualTypes } from '../types/type-values.ts';
import { useCreateEvent } from './api/create-event.ts';
import { EventForm } from './event-form.tsx';

/** How many of the usual ticket types an event begins with. */
const CHOICES = { one: 1, five: 5, none: 0 } as const;
type Choice = keyof typeof CHOICES;

/** With its first types made along, one mints at once. */
export function NewEventPage() {
  const navigate = useNavigate();
  const createEvent = useCreateEvent();
  const [choice, setChoice] = useState<Choice>('one');
  return (
    <Page title={t`New event`} size="md">
      <EventForm
        submitLabel={t`Create event`}
        isPending={createEvent.isPending}
        error={createEvent.error}
        onSubmit={(input) =>
          createEvent.mutate(
            { input, types: usualTypes().slice(0, CHOICES[choice]) },
            {
              onSuccess: ({ event: { id }, types }) =>
                navigate({
                  to: types.length > 0 ? '/events/$eventId/tickets/mint' : '/events/$eventId',
                  params: { eventId: id },
                  replace: true,
                }),
            },
          )
        }
        extraFields={<TypeChoice choice={choice} onChange={setChoice} />}
        extraActions={
          <Button variant="default" renderRoot={(props) => <Link to="/events" {...props} />}>
            {t`Cancel`}
          </Button>
        }
      />
    </Page>
  );
}

interface TypeChoiceProps {
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

function TypeChoice({ choice, onChange }: TypeChoiceProps) {
  const names = usualTypes().map(({ name }) => name);
  const [first = ''] = names;
  return (
    <Radio.Group
      label={t`Ticket types`}
      description={t`Names, prices and more can be changed later.`}
      value={choice}
      onChange={(value) => onChange(value as Choice)}
    >
      <Group gap="lg" mt="xs">
        <Radio value="one" label={t`One: ${{ first }}`} />
        <Radio value="five" label={t`The usual five: ${{ names: formatList(names) }}`} />
        <Radio value="none" label={t`Later`} />
      </Group>
    </Radio.Group>
  );
}
