import { t } from '@lingui/core/macro';
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArchive, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatAmount, formatCount, formatInstant, formatList } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { useCreateTypes } from './api/create-type.ts';
import { useUpdateType } from './api/update-type.ts';
import { TypeForm } from './type-form.tsx';
import { TypeName } from './type-name.tsx';
import { type EventTerms, emptyTypeValues, typeValuesOf, usualTypes } from './type-values.ts';
import { useTypes } from './use-types.ts';

/** The event's ticket types: the list, and a form at its end that stays for the next one. */
export function TypesSection() {
  const event = useEvent();
  const types = useTypes();
  const createTypes = useCreateTypes(event.id);
  const open = types.filter((type) => type.archivedAt === null);
  const archived = types.filter((type) => type.archivedAt !== null);
  return (
    <Stack gap="lg">
      {open.length > 0 && <TypeList types={open} terms={event} />}
      <Paper withBorder p="md">
        <Stack gap="sm">
          <Group justify="space-between" gap="xs">
            <Title order={2} size="h3">
              {types.length === 0 ? t`Add the first ticket type` : t`Add a type`}
            </Title>
            {types.length === 0 && (
              <Button variant="light" loading={createTypes.isPending} onClick={() => createTypes.mutate(usualTypes())}>
                {t`Add the usual five`}
              </Button>
            )}
          </Group>
          {types.length === 0 && (
            <Text size="sm" c="dimmed">
              {t`The usual five are ${{ names: formatList(usualTypes().map((type) => type.name)) }}; each can be changed afterwards.`}
            </Text>
          )}
          <TypeForm
            initialValues={emptyTypeValues(types)}
            terms={event}
            submitLabel={t`Add type`}
            isPending={createTypes.isPending}
            error={createTypes.error}
            onSubmit={async (input) => {
              try {
                await createTypes.mutateAsync([input]);
              } catch {
                // Shown by the form through the mutation's error.
                return undefined;
              }
              return emptyTypeValues([...types, input as TicketType]);
            }}
          />
        </Stack>
      </Paper>
      {archived.length > 0 && (
        <Stack gap="xs">
          <Title order={2} size="h3">
            {t`Archived`}
          </Title>
          <TypeList types={archived} terms={event} />
        </Stack>
      )}
    </Stack>
  );
}

function TypeList({ types, terms }: { readonly types: readonly TicketType[]; readonly terms: EventTerms }) {
  return (
    <Stack gap="xs" component="ul" p={0} m={0}>
      {types.map((type) => (
        <Paper key={type.index} withBorder p="md" component="li" display="block">
          <TypeItem type={type} terms={terms} />
        </Paper>
      ))}
    </Stack>
  );
}

function TypeItem({ type, terms }: { readonly type: TicketType; readonly terms: EventTerms }) {
  const event = useEvent();
  const updateType = useUpdateType(event.id);
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing)
    return (
      <TypeForm
        initialValues={typeValuesOf(type, terms)}
        terms={terms}
        submitLabel={t`Save`}
        isPending={updateType.isPending}
        error={updateType.error}
        onCancel={() => setIsEditing(false)}
        onSubmit={async (input) => {
          await updateType
            .mutateAsync({ index: type.index, patch: input }, { onSuccess: () => setIsEditing(false) })
            .catch(noticed);
          return undefined;
        }}
      />
    );
  const isArchived = type.archivedAt !== null;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Stack gap={4} flex={1} miw="12rem">
          <Group gap="xs">
            <Text fw={600} component="div">
              <TypeName type={type} />
            </Text>
            {isArchived && (
              <Badge variant="light" color="gray" leftSection={<IconArchive size="0.9em" aria-hidden />}>
                {t`Archived`}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {factsOf(type, terms)}
          </Text>
        </Stack>
        <Group gap="xs">
          {!isArchived && (
            <Button
              variant="default"
              leftSection={<IconPencil size="1.1em" aria-hidden />}
              onClick={() => setIsEditing(true)}
            >
              {t`Edit`}
            </Button>
          )}
          <Button
            variant="subtle"
            color="gray"
            loading={updateType.isPending}
            onClick={() => updateType.mutate({ index: type.index, patch: { archived: !isArchived } })}
          >
            {isArchived ? t`Bring back` : t`Archive`}
          </Button>
        </Group>
      </Group>
      {updateType.error !== null && (
        <ProblemAlert error={updateType.error} title={t`${{ name: type.name }} was not changed.`} />
      )}
    </Stack>
  );
}

/** The error is shown through the mutation's state. */
function noticed(): void {}

function factsOf(type: TicketType, { currency, timeZone }: EventTerms): string {
  const price = type.priceMinor === 0 ? t`Free` : formatAmount(type.priceMinor, currency);
  const count = formatCount(type.declared);
  const made =
    type.capacity === null ? t`${count} made` : t`${count} of ${{ capacity: formatCount(type.capacity) }} made`;
  const window = [
    type.notBefore === null ? null : t`from ${{ time: formatInstant(type.notBefore, timeZone) }}`,
    type.notAfter === null ? null : t`until ${{ time: formatInstant(type.notAfter, timeZone) }}`,
  ].filter((part) => part !== null);
  return [price, made, ...window].join(' · ');
}
