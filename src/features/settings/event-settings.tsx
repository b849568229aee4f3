import { t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useUpdateEvent } from '../events/api/update-event.ts';
import { EventForm } from '../events/event-form.tsx';
import { useEvent } from '../events/use-event.ts';
import { ApprovalSetting } from './approval-setting.tsx';
import { NamesSetting } from './names-setting.tsx';

export function EventSettings() {
  const event = useEvent();
  const updateEvent = useUpdateEvent(event.id);
  return (
    <Stack gap="xl" maw="40rem">
      <EventForm
        event={event}
        submitLabel={t`Save event`}
        isPending={updateEvent.isPending}
        error={updateEvent.error}
        onSubmit={(input) =>
          updateEvent.mutate(input, {
            onSuccess: () => notifications.show({ message: t`The event is saved on the server.` }),
          })
        }
      />
      <ApprovalSetting />
      <NamesSetting />
    </Stack>
  );
}
