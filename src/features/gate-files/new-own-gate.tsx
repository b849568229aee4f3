import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { putOwnGate } from '../../database/hub-records.ts';
import { useEventId } from '../events/use-event.ts';
import { NEW_GATE } from '../gates/gate-form.tsx';
import { FileProblem } from './file-problem.tsx';
import { randomId } from './random-id.ts';

/** A gate by its name alone, made without the server, which is told of it later. @param isFirst there is none yet. */
export function NewOwnGate({ isFirst }: { readonly isFirst: boolean }) {
  const eventId = useEventId();
  const [isOpen, form] = useDisclosure(false);
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: async (gateName: string) => {
      const gate = { ...NEW_GATE, id: randomId(), name: gateName, createdAt: Date.now(), archivedAt: null };
      await putOwnGate(eventId, { gate, state: 'waiting' });
    },
    onSuccess: () => {
      setName('');
      form.close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') add.mutate(name.trim());
  };
  if (!isOpen && !isFirst)
    return (
      <Button variant="subtle" color="gray" onClick={form.open} style={{ alignSelf: 'flex-start' }}>
        {t`Add a gate here`}
      </Button>
    );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        {isFirst && (
          <Text size="sm">
            {t`No gate is known on this device. Name one: it lets in and out, for all ticket types, and the server is told of it when it is there again.`}
          </Text>
        )}
        <Group gap="sm" align="flex-end">
          <TextInput
            flex="1 1 12rem"
            label={t`Name of the gate`}
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={name.trim() === ''} loading={add.isPending}>
            {t`Add gate`}
          </Button>
        </Group>
        {add.error !== null && <FileProblem error={add.error} safe={t`The gate was not added.`} />}
      </Stack>
    </form>
  );
}
