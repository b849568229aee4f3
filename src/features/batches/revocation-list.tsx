import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { Revocation } from '../../../core/api/batch.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount, formatInstant, formatTickets } from '../../utils/format.ts';
import { useUndoRevocation } from './api/undo-revocation.ts';

interface RevocationListProps {
  readonly eventId: string;
  readonly timeZone: string;
  readonly revocations: readonly Revocation[];
  /** What the batch of a revocation is called, where they are of several. */
  readonly nameOf?: (batchId: string) => string;
}

/** Revocations, newest first, each with its way back. */
export function RevocationList({ eventId, timeZone, revocations, nameOf }: RevocationListProps) {
  const undo = useUndoRevocation(eventId);
  return (
    <Stack gap="md">
      {undo.error !== null && <ProblemAlert error={undo.error} title="The revocation still holds." />}
      {revocations.toReversed().map((revocation) => (
        <Group key={revocation.id} justify="space-between" gap="xs">
          <Stack gap={2} flex={1} miw="14rem">
            <Text size="sm" fw={600} td={revocation.undoneAt === null ? undefined : 'line-through'}>
              {formatTickets(revocation.to - revocation.from + 1)}
              {nameOf !== undefined && ` of ${nameOf(revocation.batch)}`} · {serialsOf(revocation)}
            </Text>
            <Text size="sm">{revocation.reason}</Text>
            <Text size="xs" c="dimmed">
              {formatInstant(revocation.createdAt, timeZone)} · {revocation.createdBy}
              {revocation.undoneAt !== null && ` · taken back ${formatInstant(revocation.undoneAt, timeZone)}`}
            </Text>
          </Stack>
          {revocation.undoneAt === null ? (
            <Button
              variant="default"
              loading={undo.isPending && undo.variables === revocation.id}
              onClick={() => undo.mutate(revocation.id)}
            >
              Take back
            </Button>
          ) : (
            <Badge variant="light" color="gray" tt="none">
              Taken back
            </Badge>
          )}
        </Group>
      ))}
    </Stack>
  );
}

function serialsOf({ from, to }: Revocation): string {
  return from === to ? `serial ${formatCount(from)}` : `serials ${formatCount(from)} to ${formatCount(to)}`;
}
