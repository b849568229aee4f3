import { t } from '@lingui/core/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { wordsOf } from '../api/problem-words.ts';

interface ProblemAlertProps {
  readonly error: unknown;
  /** What was being tried: "The event was not saved". */
  readonly title?: string;
  readonly onRetry?: (() => void) | undefined;
  /** Another button that helps. */
  readonly action?: ReactNode;
}

/** An error where it happened: what happened, what is safe, what to do, with the button that does it. */
export function ProblemAlert({ error, title, onRetry, action }: ProblemAlertProps) {
  const { happened, safe, todo, code } = wordsOf(error);
  // No network is a state, not a failure.
  const isOffline = error instanceof ApiProblem && (error.code === 'unreachable' || error.code === 'timed-out');
  return (
    <Alert
      role="alert"
      color={isOffline ? 'yellow' : 'red'}
      icon={isOffline ? <IconCloudOff aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={title ?? happened}
    >
      <Stack gap="xs">
        <Text size="sm">
          {title !== undefined && `${happened} `}
          {safe !== undefined && `${safe} `}
          {todo}
        </Text>
        {(onRetry !== undefined || action !== undefined) && (
          <Group gap="xs">
            {onRetry !== undefined && (
              <Button variant="default" onClick={onRetry}>
                {t`Try again`}
              </Button>
            )}
            {action}
          </Group>
        )}
        {!isOffline && (
          <Text size="xs" c="dimmed">
            {code}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
