import { Center, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Brand } from '../../components/brand.tsx';
import { LanguageSelect } from '../../localisation/language-select.tsx';

/** The frame of the pages before one is signed in. */
export function SessionCard({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Center component="main" mih="100dvh" p="md">
      <title>{`${title} · Ticketmint`}</title>
      <Stack w="100%" maw="26rem" gap="lg">
        <Center>
          <Brand />
        </Center>
        <Paper withBorder p={{ base: 'md', xs: 'lg' }}>
          <Stack gap="md">
            <Title order={1} size="h2">
              {title}
            </Title>
            {children}
          </Stack>
        </Paper>
        <LanguageSelect />
      </Stack>
    </Center>
  );
}
