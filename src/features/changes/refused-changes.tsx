import { t } from '@lingui/core/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiProblem, type ApiProblemCode } from '../../api/api-problem.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { removeChange, updateChange, type WaitingChange } from '../../database/waiting-changes.ts';
import { ensureChangeSender } from './change-sender.ts';
import { changeWords } from './change-words.ts';
import { newestCorrection } from './newest-correction.ts';
import { useChanges } from './use-changes.ts';

interface RefusedChangesProps {
  readonly eventId: string;
  /** Those of this batch only. */
  readonly batchId?: string;
  /** Those that touch this ticket only. */
  readonly serial?: number;
}

/** What this device changed and the server did not take: why, and what can be done. */
export function RefusedChanges({ eventId, batchId, serial }: RefusedChangesProps) {
  const refused = useChanges().filter(
    (change) =>
      change.state === 'refused' &&
      change.eventId === eventId &&
      (batchId === undefined || change.content.batch === batchId) &&
      (serial === undefined || touches(change, serial)),
  );
  return refused.map((change) => <RefusedChange key={change.nonce} change={change} />);
}

function touches({ content }: WaitingChange, serial: number): boolean {
  return content.kind === 'correct' ? content.serial === serial : content.from <= serial && serial <= content.to;
}

function RefusedChange({ change }: { readonly change: WaitingChange }) {
  const queryClient = useQueryClient();
  const { code = 'internal', detail = '' } = change.refusal ?? {};
  const { happened, todo } = wordsOf(new ApiProblem(code as ApiProblemCode, detail));
  const isConflict = code === 'correction-conflict';
  const retry = useMutation({
    mutationFn: async () => {
      const content = isConflict ? await newestCorrection(queryClient, change) : change.content;
      await updateChange(change, { state: 'waiting', refusal: null, content });
      ensureChangeSender(queryClient);
    },
  });
  const discard = useMutation({ mutationFn: () => removeChange(change) });
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={t`Not taken by the server: ${{ content: changeWords(change.content) }}`}
    >
      <Stack gap="xs">
        <Text size="sm">
          {happened}{' '}
          {isConflict ? t`What they wrote holds. Look at it, then choose.` : t`It holds nowhere now. ${todo}`}
        </Text>
        <Group gap="xs">
          <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
            {isConflict ? t`Put mine over it` : t`Send it again`}
          </Button>
          <Button variant="default" onClick={() => discard.mutate()}>
            {isConflict ? t`Keep theirs` : t`Discard it`}
          </Button>
        </Group>
        {retry.error !== null && <Text size="sm">{wordsOf(retry.error).happened}</Text>}
      </Stack>
    </Alert>
  );
}
