import { t } from '@lingui/core/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { strictDatabase } from '../../database/database.ts';
import { formatCount, formatTickets } from '../../utils/format.ts';
import { type Loss, measureLoss, openBatches } from './lost-store.ts';
import { type StoreState, storeHealth } from './store-health.ts';
import { bearWitnessToAll, missingBatches, noteTold, witnessed } from './witness.ts';

/** Says when this device's store is gone or cannot be read: what it had, what of that is safe, and what to do. */
export function StoreAlert() {
  const state = useSyncExternalStore(storeHealth.subscribe, () => storeHealth.state);
  const generation = useSyncExternalStore(storeHealth.subscribe, () => storeHealth.generation);
  const { eventId } = useParams({ strict: false });
  const loss = useQuery({
    queryKey: ['lost-store', state, generation, state === 'sound' ? null : eventId],
    queryFn: ({ signal }) => (state === 'sound' ? findLoss(signal) : findStake(eventId, signal)),
    networkMode: 'always',
    retry: false,
  });
  if (state !== 'sound') return <BrokenStore state={state} loss={loss.data ?? null} />;
  if (loss.data == null) return null;
  const { batches } = loss.data;
  return <LostStore loss={loss.data} onTold={() => void tell(batches).then(() => loss.refetch())} />;
}

/** What this device had and has not any more; null where there is nothing to tell. */
async function findLoss(signal: AbortSignal): Promise<Loss | null> {
  const missing = await missingBatches();
  await bearWitnessToAll();
  const untold = missing.filter(({ isTold }) => isTold !== true);
  return untold.length === 0 ? null : measureLoss(untold, signal);
}

/** What of this device's work may lie in a store that cannot be read. */
async function findStake(eventId: string | undefined, signal: AbortSignal): Promise<Loss> {
  const mine = witnessed();
  const open = eventId === undefined ? [] : await openBatches(eventId, signal);
  return measureLoss([...mine, ...open.filter(({ id }) => !mine.some((batch) => batch.id === id))], signal);
}

async function tell(batches: Loss['batches']): Promise<void> {
  noteTold(batches.map(({ id }) => id));
}

function LostStore({ loss, onTold }: { readonly loss: Loss; readonly onTold: () => void }) {
  const { tickets, onServer, batches, unknown } = loss;
  const isSafe = onServer === tickets;
  const [newest] = unknown.length > 0 ? unknown : batches;
  return (
    <Alert
      role="alert"
      mb="md"
      color={isSafe ? 'yellow' : 'red'}
      icon={<IconDatabaseOff aria-hidden />}
      title={t`This browser has lost what Ticketmint kept on this device`}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{lossWords(loss)}</Text>
        <Group gap="xs">
          {!isSafe && newest !== undefined && <NextStep eventId={newest.eventId} isUnknown={unknown.length > 0} />}
          <Button variant={isSafe ? 'filled' : 'default'} onClick={onTold}>
            {t`I have read this`}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

/** Where the server knows the batch, its alert offers to mint the rest; else all of it is minted again. */
function NextStep({ eventId, isUnknown }: { readonly eventId: string; readonly isUnknown: boolean }) {
  const to = isUnknown ? '/events/$eventId/tickets/mint' : '/events/$eventId/tickets';
  return (
    <Button renderRoot={(props) => <Link to={to} params={{ eventId }} {...props} />}>
      {isUnknown ? t`Mint them again` : t`See what is missing`}
    </Button>
  );
}

function lossWords({ tickets, onServer, unknown }: Loss): string {
  if (onServer === null)
    return t`It had ${{ tickets: formatTickets(tickets) }}. How many of them the server has cannot be said now; what it has is safe.`;
  if (onServer === tickets)
    return t`It had ${{ tickets: formatTickets(tickets) }}. The server has all of them, so no ticket is lost; exports that were not saved yet are.`;
  const neverThere = unknown.reduce((sum, { count }) => sum + count, 0);
  return [
    t`It had ${{ tickets: formatTickets(tickets) }}. The server has ${{ onServer: formatCount(onServer) }} of ${{ tickets2: formatCount(tickets) }}, and those are safe.`,
    t`${{ tickets: formatCount(tickets - onServer) }} never arrived there. Once their batch is sealed, no gate takes them: if some have left this device in an export, tell who has them.`,
    neverThere > 0
      ? t`Of ${{ tickets: formatTickets(neverThere) }} the server never heard; mint them again as they were.`
      : '',
  ].join(' ');
}

interface BrokenStoreProps {
  readonly state: Exclude<StoreState, 'sound'>;
  readonly loss: Loss | null;
}

/** It may be there still, but this page cannot read it. */
function BrokenStore({ state, loss }: BrokenStoreProps) {
  const empty = useMutation({ networkMode: 'always', mutationFn: startEmpty });
  const atStake = loss === null || loss.onServer === null ? null : loss.tickets - loss.onServer;
  return (
    <Alert
      role="alert"
      mb="md"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={
        state === 'dead'
          ? t`The browser has closed the storage of this page`
          : t`The browser cannot open what Ticketmint keeps on this device`
      }
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {loss !== null && loss.tickets > 0 && `${brokenWords(loss)} `}
          {t`What the server has is shown as usual. Nothing can be minted or saved until this device can store it.`}
        </Text>
        <Group gap="xs">
          <Button onClick={() => location.reload()}>{t`Reload the page`}</Button>
          {state === 'closed' && (
            <Button variant="default" color="red" loading={empty.isPending} onClick={() => empty.mutate()}>
              {atStake === null || atStake === 0
                ? t`Start with an empty storage`
                : t`Give up as many as ${{ tickets: formatTickets(atStake) }} and start with an empty storage`}
            </Button>
          )}
        </Group>
        {empty.error !== null && (
          <Text size="sm">
            {t`It could not be emptied either. Delete this site’s data in the browser’s settings, or use another browser or profile.`}
          </Text>
        )}
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {storeHealth.failure}
        </Text>
      </Stack>
    </Alert>
  );
}

function brokenWords({ tickets, onServer }: Loss): string {
  if (onServer === null)
    return t`It may hold parts of batches with ${{ tickets: formatTickets(tickets) }}; how many the server has cannot be said now.`;
  return onServer === tickets
    ? t`It may hold parts of batches with ${{ tickets: formatTickets(tickets) }}; the server has all of them.`
    : t`It may hold parts of batches of which the server has ${{ count: formatCount(onServer) }} of ${{ tickets: formatTickets(tickets) }}.`;
}

/** Deletes a store that cannot be opened, and begins anew; what it had is then told as lost. */
async function startEmpty(): Promise<void> {
  await strictDatabase().delete();
  location.reload();
}
