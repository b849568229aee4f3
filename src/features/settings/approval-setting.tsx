import { plural, t } from '@lingui/core/macro';
import { Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useBatches } from '../batches/use-batches.ts';
import { useUpdateEvent } from '../events/api/update-event.ts';
import { useEvent } from '../events/use-event.ts';
import { meQuery } from '../session/api/get-me.ts';

/** Whether gates get a batch only once an administrator has approved it; saved at once. */
export function ApprovalSetting() {
  const event = useEvent();
  const { data: me } = useQuery(meQuery);
  const update = useUpdateEvent(event.id);
  const waiting = useBatches(event.id).views?.filter(({ server }) => server?.approval === null).length ?? 0;
  const isAdmin = me?.role === 'admin';
  const isOn = update.isPending ? update.variables.approval === true : event.approval === true;
  return (
    <Panel title={t`Approval of batches`}>
      <Stack gap="sm">
        <Switch
          size="md"
          label={t`Gates get a batch only after an administrator approved it`}
          description={
            isAdmin
              ? t`For batches minted from now on: nobody lets people in with tickets that no administrator has seen. Batches that are there stay as they are.`
              : t`An administrator changes this.`
          }
          checked={isOn}
          disabled={!isAdmin}
          onChange={({ currentTarget }) => update.mutate({ approval: currentTarget.checked })}
        />
        {update.error !== null && <ProblemAlert error={update.error} title={t`Nothing was changed.`} />}
        {waiting > 0 && (
          <Text size="sm">
            {plural(waiting, {
              one: '# batch waits for approval, whether this is on or off: see Tickets.',
              other: '# batches wait for approval, whether this is on or off: see Tickets.',
            })}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
