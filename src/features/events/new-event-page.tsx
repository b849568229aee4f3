import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useCreateEvent } from './api/create-event.ts';
import { EventForm } from './event-form.tsx';

export function NewEventPage() {
  const navigate = useNavigate();
  const createEvent = useCreateEvent();
  return (
    <Page title={t`New event`} size="md">
      <EventForm
        submitLabel={t`Create event`}
        isPending={createEvent.isPending}
        error={createEvent.error}
        onSubmit={(input) =>
          createEvent.mutate(input, {
            onSuccess: ({ id }) => navigate({ to: '/events/$eventId', params: { eventId: id }, replace: true }),
          })
        }
        extraActions={
          <Button variant="default" renderRoot={(props) => <Link to="/events" {...props} />}>
            {t`Cancel`}
          </Button>
        }
      />
    </Page>
  );
}
