import { t } from '@lingui/core/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { KeepFontButton } from '../fonts/keep-font-button.tsx';
import { failureWords, missingFontOf } from './export-words.ts';

interface ExportProblemProps {
  readonly error: unknown;
  /** What was being tried, where that is not plain from the place. */
  readonly title?: string;
  /** False where nothing was begun, so that nothing was at stake. */
  readonly wasBegun?: boolean;
  readonly onRetry?: (() => void) | undefined;
  /** More that helps. */
  readonly children?: ReactNode;
}

/** Why something about an export failed: what happened, what is safe, what to do, with the button that does it. */
export function ExportProblem({ error, title, wasBegun = true, onRetry, children }: ExportProblemProps) {
  const { happened, safe, todo, code } = failureWords(error);
  const font = missingFontOf(error);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={title ?? happened}>
      <Stack gap="xs">
        <Text size="sm">{[title !== undefined && happened, wasBegun && safe, todo].filter(Boolean).join(' ')}</Text>
        {(onRetry !== undefined || children !== undefined) && (
          <Group gap="xs">
            {onRetry !== undefined && (
              <Button variant="default" onClick={onRetry}>
                {t`Try again`}
              </Button>
            )}
            {children}
          </Group>
        )}
        {font !== null && <KeepFontButton font={font} onKept={onRetry} />}
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {code}
        </Text>
      </Stack>
    </Alert>
  );
}
