import { t } from '@lingui/core/macro';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { ChangeContent } from '../../database/waiting-changes.ts';
import { formatCount, formatInstant, formatTickets } from '../../utils/format.ts';
import { useMakeChange } from '../changes/make-change.ts';
import type { ShownRevocation } from '../changes/overlay.ts';
import { UndoChange, WaitingMark } from '../changes/waiting-mark.tsx';
import { reasonWords } from './reason-words.ts';

interface RevocationListProps {
  readonly eventId: string;
  readonly timeZone: string;
  readonly revocations: readonly ShownRevocation[];
  /** What the batch of a revocation is called, where they are of several. */
  readonly nameOf?: (batchId: string) => string;
}

/** Revocations, newest first, each with its way back. */
export function RevocationList({ eventId, timeZone, revocations, nameOf }: RevocationListProps) {
  const undo = useMakeChange(eventId);
  const takeBack = ({ id, batch, from, to }: ShownRevocation) =>
    undo.mutate({ kind: 'undo-revocation', revocationId: id, batch, from, to });
  return (
    <Stack gap="md">
      {undo.error !== null && <ProblemAlert error={undo.error} title={t`The revocation still holds.`} />}
      {revocations.toReversed().map((revocation) => (
        <Group key={revocation.id} justify="space-between" gap="xs">
          <Stack gap={2} flex={1} miw="14rem">
            <Text size="sm" fw={600} td={revocation.undoneAt === null ? undefined : 'line-through'}>
              {whatOf(revocation, nameOf)} · {serialsOf(revocation)}
            </Text>
            <Text size="sm">
              <bdi>{reasonWords(revocation)}</bdi>
            </Text>
            <Text size="xs" c="dimmed">
              {formatInstant(revocation.createdAt, timeZone)} · {revocation.createdBy}
              {revocation.undoneAt !== null &&
                ` · ${t`taken back ${{ time: formatInstant(revocation.undoneAt, timeZone) }}`}`}
            </Text>
            {revocation.waiting !== undefined && <WaitingMark />}
          </Stack>
          {revocation.waiting !== undefined ? (
            <UndoChange change={revocation.waiting} />
          ) : revocation.undoneAt === null ? (
            <Button
              variant="default"
              loading={undo.isPending && isOf(undo.variables, revocation)}
              onClick={() => takeBack(revocation)}
            >
              {t`Take back`}
            </Button>
          ) : (
            <Badge variant="light" color="gray" tt="none">
              {t`Taken back`}
            </Badge>
          )}
        </Group>
      ))}
    </Stack>
  );
}

function whatOf({ from, to, batch }: ShownRevocation, nameOf: RevocationListProps['nameOf']): string {
  const tickets = formatTickets(to - from + 1);
  return nameOf === undefined ? tickets : t`${tickets} of ${{ batch: nameOf(batch) }}`;
}

function isOf(content: ChangeContent, { id }: ShownRevocation): boolean {
  return content.kind === 'undo-revocation' && content.revocationId === id;
}

function serialsOf({ from, to }: ShownRevocation): string {
  return from === to
    ? t`serial ${{ serial: formatCount(from) }}`
    : t`serials ${{ from: formatCount(from) }} to ${{ to: formatCount(to) }}`;
}
