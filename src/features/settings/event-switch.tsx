import { t } from '@lingui/core/macro';
import { Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useUpdateEvent } from '../events/api/update-event.ts';
import { useEvent } from '../events/use-event.ts';
import { meQuery } from '../session/api/get-me.ts';

interface EventSwitchProps {
  /** What of the event it turns on and off. */
  readonly field: 'approval' | 'gateNames';
  readonly title: string;
  readonly label: string;
  /** What it does, for administrators: nobody else can turn it. */
  readonly description: string;
  readonly children?: ReactNode;
}

/** A setting of the event that is on or off; saved at once. */
export function EventSwitch({ field, title, label, description, children }: EventSwitchProps) {
  const event = useEvent();
  const isAdmin = useQuery(meQuery).data?.role === 'admin';
  const update = useUpdateEvent(event.id);
  const isOn = (update.isPending ? update.variables : event)[field] === true;
  return (
    <Panel title={title}>
      <Stack gap="sm">
        <Switch
          size="md"
          label={label}
          description={isAdmin ? description : t`An administrator changes this.`}
          checked={isOn}
          disabled={!isAdmin}
          onChange={({ currentTarget }) => update.mutate({ [field]: currentTarget.checked })}
        />
        {update.error !== null && <ProblemAlert error={update.error} title={t`Nothing was changed.`} />}
        {children}
      </Stack>
    </Panel>
  );
}
