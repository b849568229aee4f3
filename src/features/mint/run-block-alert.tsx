import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconWifiOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BlockKind, RunBlock } from '../../../core/mint/run-event.ts';
import { resumeRun } from './run-controller.ts';

interface BlockWords {
  readonly happened: MessageDescriptor;
  readonly safe: MessageDescriptor;
  readonly todo: MessageDescriptor;
}

const WORDS: Readonly<Record<BlockKind, BlockWords>> = {
  offline: {
    happened: msg`This device is offline.`,
    safe: msg`Minting goes on, and what is minted is kept on this device.`,
    todo: msg`Uploading goes on by itself once the network is back.`,
  },
  'signed-out': {
    happened: msg`You are signed out.`,
    safe: msg`What is minted is kept on this device; what is on the server is safe.`,
    todo: msg`Sign in, and uploading goes on.`,
  },
  forbidden: {
    happened: msg`Your role does not allow uploading tickets.`,
    safe: msg`What is minted is kept on this device.`,
    todo: msg`Ask an administrator for the coordinator role, or sign in with another account.`,
  },
  'storage-full': {
    happened: msg`The browser has no space left for this site.`,
    safe: msg`All tickets on the server are safe, and so are those buffered before.`,
    todo: msg`Free local copies of earlier batches in Settings, or space on this device, then try again.`,
  },
  'storage-lost': {
    happened: msg`The browser cannot write to its storage any more.`,
    safe: msg`All tickets on the server are safe.`,
    todo: msg`Reload the page. If it stays, the Tickets page says what is missing and how to mint it anew.`,
  },
  refused: {
    happened: msg`The server refused a part of the tickets.`,
    safe: msg`All other parts go on, and what is on the server is safe. The refused part stays on this device.`,
    todo: msg`Try again; if it is refused again, cancel the run and mint the rest anew.`,
  },
  server: {
    happened: msg`The server cannot take tickets at the moment.`,
    safe: msg`What is minted is kept on this device; what is on the server is safe.`,
    todo: msg`It is tried again by itself.`,
  },
};

interface RunBlockAlertProps {
  readonly eventId: string;
  readonly runId: string;
  readonly block: RunBlock;
}

/** Why a run does not go on: what happened, what is safe, what to do, with the button that does it. */
export function RunBlockAlert({ eventId, runId, block: { kind, detail } }: RunBlockAlertProps) {
  const { happened, safe, todo } = WORDS[kind];
  const isWaiting = kind === 'offline' || kind === 'server';
  return (
    <Alert
      role="alert"
      color={isWaiting ? 'yellow' : 'red'}
      icon={kind === 'offline' ? <IconWifiOff aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={i18n._(happened)}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {i18n._(safe)} {i18n._(todo)}
        </Text>
        <BlockAction kind={kind} eventId={eventId} runId={runId} />
        <Text size="xs" c="dimmed" lang="en" dir="auto">
          {detail}
        </Text>
      </Stack>
    </Alert>
  );
}

function BlockAction({
  kind,
  eventId,
  runId,
}: {
  readonly kind: BlockKind;
  readonly eventId: string;
  readonly runId: string;
}): ReactNode {
  const { href } = useLocation();
  const again = useMutation({ mutationFn: () => resumeRun(runId), networkMode: 'always' });
  const retry = (
    <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
      {t`Try again`}
    </Button>
  );
  switch (kind) {
    case 'signed-out':
    case 'forbidden':
      return (
        <Button variant="default" renderRoot={(props) => <Link to="/sign-in" search={{ returnTo: href }} {...props} />}>
          {t`Sign in`}
        </Button>
      );
    case 'storage-full':
      return (
        <Button.Group>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/events/$eventId/settings/storage" params={{ eventId }} {...props} />}
          >
            {t`Free local copies`}
          </Button>
          {retry}
        </Button.Group>
      );
    case 'storage-lost':
      return (
        <Button variant="default" onClick={() => location.reload()}>
          {t`Reload`}
        </Button>
      );
    case 'refused':
      return retry;
    default:
      return null;
  }
}
