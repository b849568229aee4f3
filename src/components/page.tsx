import { Badge, Box, Container, Group, type MantineSize, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { formatCount } from '../utils/format.ts';
import { InSlices } from './in-slices.tsx';

interface PageProps {
  readonly title: string;
  /** What the tab says where that is more than the title. */
  readonly documentTitle?: string;
  /** How many of them, beside the title. */
  readonly count?: number | undefined;
  /** State beside the title: a badge. */
  readonly state?: ReactNode;
  /** What the page is for, under its head. */
  readonly lead?: string;
  /** One line of what identifies it. */
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly size?: MantineSize;
  /** As high as the screen leaves, for content that scrolls in itself. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

const FILL_HEIGHT =
  'calc(100dvh - var(--app-shell-header-height) - var(--app-shell-footer-height, 0rem) - 2 * var(--app-shell-padding))';

/** A page's frame: title with count or state, its actions at the right, then its content. */
export function Page({
  title,
  documentTitle = title,
  count,
  state,
  lead,
  subtitle,
  actions,
  size = 'lg',
  fill = false,
  children,
}: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // With the next picture: the browser would have to lay out the page for it twice.
    const request = requestAnimationFrame(() => {
      // After a navigation the focus would be nowhere; a field that took it keeps it.
      if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(request);
  }, []);
  return (
    <Container size={size} px={0} h={fill ? FILL_HEIGHT : undefined}>
      <title>{`${documentTitle} · Ticketmint`}</title>
      <Stack gap={fill ? 'sm' : 'lg'} h={fill ? '100%' : undefined}>
        <Stack gap={4}>
          <Group justify="space-between" align="flex-start" gap="sm">
            <Box flex="1 1 auto" miw={0}>
              <Group gap="sm">
                <Title order={1} ref={heading} tabIndex={-1} dir="auto">
                  {title}
                </Title>
                {count !== undefined && (
                  <Badge variant="light" color="gray" size="lg">
                    {formatCount(count)}
                  </Badge>
                )}
                {state}
              </Group>
              {subtitle !== undefined && (
                <Text c="dimmed" size="sm" mt={4} component="div">
                  {subtitle}
                </Text>
              )}
            </Box>
            {actions != null && actions !== false && <Group gap="xs">{actions}</Group>}
          </Group>
          {lead !== undefined && (
            <Text c="dimmed" size="sm">
              {lead}
            </Text>
          )}
        </Stack>
        <InSlices>{children}</InSlices>
      </Stack>
    </Container>
  );
}
