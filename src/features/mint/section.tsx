import { Paper, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface SectionProps {
  readonly title: string;
  /** Takes the focus when it appears: where it replaces what had the focus before. */
  readonly takesFocus?: boolean;
  readonly children: ReactNode;
}

/** One part of the page with its heading. */
export function Section({ title, takesFocus = false, children }: SectionProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <Paper component="section" aria-label={title} withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="md">
        <Title order={2} size="h3" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}
