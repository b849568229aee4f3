import { plural, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { useBatches } from '../batches/use-batches.ts';
import { useEvent } from '../events/use-event.ts';
import { EventSwitch } from './event-switch.tsx';

/** Whether gates get a batch only once an administrator has approved it. */
export function ApprovalSetting() {
  const { id } = useEvent();
  const waiting = useBatches(id).views?.filter(({ server }) => server?.approval === null).length ?? 0;
  return (
    <EventSwitch
      field="approval"
      title={t`Approval of batches`}
      label={t`Gates get a batch only after an administrator approved it`}
      description={t`For batches minted from now on: nobody lets people in with tickets that no administrator has seen. Batches that are there stay as they are.`}
    >
      {waiting > 0 && (
        <Text size="sm">
          {plural(waiting, {
            one: '# batch waits for approval, whether this is on or off: see Tickets.',
            other: '# batches wait for approval, whether this is on or off: see Tickets.',
          })}
        </Text>
      )}
    </EventSwitch>
  );
}
