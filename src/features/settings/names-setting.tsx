import { t } from '@lingui/core/macro';
import { Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useUpdateEvent } from '../events/api/update-event.ts';
import { useEvent } from '../events/use-event.ts';
import { meQuery } from '../session/api/get-me.ts';

/** Whether gates show whose a ticket is, once it was scanned; saved at once. */
export function NamesSetting() {
  const event = useEvent();
  const { data: me } = useQuery(meQuery);
  const update = useUpdateEvent(event.id);
  const isAdmin = me?.role === 'admin';
  const isOn = update.isPending ? update.variables.gateNames === true : event.gateNames === true;
  return (
    <Panel title={t`Names at the gate`}>
      <Stack gap="sm">
        <Switch
          size="md"
          label={t`Gates show a ticket’s name and seat once it was scanned`}
          description={
            isAdmin
              ? t`Every gate’s device then keeps the names, each locked so that only its own ticket’s QR code opens it: a lost device gives none away. They leave a device when this is switched off, when it is revoked, and when its time is over. A typed short code shows no name.`
              : t`An administrator changes this.`
          }
          checked={isOn}
          disabled={!isAdmin}
          onChange={({ currentTarget }) => update.mutate({ gateNames: currentTarget.checked })}
        />
        {update.error !== null && <ProblemAlert error={update.error} title={t`Nothing was changed.`} />}
      </Stack>
    </Panel>
  );
}
