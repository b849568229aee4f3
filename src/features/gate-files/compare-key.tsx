import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Fingerprint } from './fingerprint.tsx';

interface CompareKeyProps {
  readonly fingerprint: string;
  /** Who signed, and what is asked. */
  readonly children: ReactNode;
  readonly acceptLabel: string;
  readonly isPending: boolean;
  readonly isDisabled?: boolean;
  readonly onAccept: () => void;
  readonly onRefuse: () => void;
}

/** A file by a key that nobody has compared: is it the device's that one thinks it is? */
export function CompareKey({
  fingerprint,
  children,
  acceptLabel,
  isPending,
  isDisabled = false,
  onAccept,
  onRefuse,
}: CompareKeyProps) {
  const question = useRef<HTMLDivElement>(null);
  // What had the focus is gone; a button would be pressed by mistake.
  useEffect(() => question.current?.focus(), []);
  return (
    <Stack gap="sm">
      <Stack ref={question} tabIndex={-1} gap="xs" role="status" style={{ outline: 'none' }}>
        <Text size="sm">{children}</Text>
        <Fingerprint value={fingerprint} />
      </Stack>
      <Group gap="sm">
        <Button loading={isPending} disabled={isDisabled} onClick={onAccept}>
          {acceptLabel}
        </Button>
        <Button variant="default" disabled={isPending} onClick={onRefuse}>
          {t`They differ: refuse`}
        </Button>
      </Group>
    </Stack>
  );
}
