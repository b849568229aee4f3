import { t } from '@lingui/core/macro';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { parsePairingCode } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { claimPairing, ownClaimQuery } from './api/own-session.ts';
import { proposedName } from './device-name.ts';
import { keptSession } from './kept-session.ts';

interface AskFormProps {
  /** From the link; without it, it is typed. */
  readonly code: string | undefined;
  readonly onAsked: () => void;
}

/** Uses a code for this device, under a name that the admin recognises. */
export function AskForm({ code, onAsked }: AskFormProps) {
  const queryClient = useQueryClient();
  const [kept] = useState(keptSession);
  const [name, setName] = useState(() => kept?.session.device.name ?? proposedName());
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  // The same for all tries of this page: a try whose answer was lost is not another's.
  const nonce = useRef(newNonce());
  const ask = useMutation({
    mutationFn: claimPairing,
    onSuccess: (claimed) => {
      queryClient.setQueryData(ownClaimQuery.queryKey, claimed);
      onAsked();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = code ?? parsePairingCode(typed);
    setIsWrong(given === undefined);
    if (given !== undefined) ask.mutate({ code: given, name: name.trim(), nonce: nonce.current });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {kept !== undefined && (
          <Text size="sm" c="dimmed">
            {t`This device is paired with ${{ gate: kept.session.gate.name }} of ${{ event: kept.session.event.name }}. Pairing it anew ends that.`}
          </Text>
        )}
        {code === undefined && (
          <TextInput
            label={t`Pairing code`}
            description={t`26 letters and digits, on the admin’s screen: event, Gates, Pair a device`}
            dir="ltr"
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={isWrong && t`Type the whole code, as it is shown`}
          />
        )}
        <TextInput
          label={t`Name of this device`}
          description={t`The admin sees it: say which one it is`}
          maxLength={60}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {ask.error !== null && <ProblemAlert error={ask.error} />}
        <Button type="submit" loading={ask.isPending} disabled={name.trim() === ''}>
          {t`Ask to be paired`}
        </Button>
      </Stack>
    </form>
  );
}

function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
