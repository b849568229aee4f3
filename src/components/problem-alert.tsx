import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
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
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={title ?? happened}>
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
                Try again
              </Button>
            )}
            {action}
          </Group>
        )}
        <Text size="xs" c="dimmed">
          {code}
        </Text>
      </Stack>
    </Alert>
  );
}
