import { t } from '@lingui/core/macro';
import { Grid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Chunk } from '../../../core/chunk/chunk.ts';
import { Copyable } from '../../components/copyable.tsx';
import { Panel } from '../../components/facts.tsx';
import { QrCode } from './qr-code.tsx';
import { type Ticket, tokenAt } from './ticket.ts';

interface TicketCodePanelProps {
  readonly chunk: Chunk;
  readonly ticket: Ticket;
  readonly typeIndex: number;
}

/** What a gate reads: the QR code, the short code for people, and the whole token. */
export function TicketCodePanel({ chunk, ticket, typeIndex }: TicketCodePanelProps) {
  const token = tokenAt(chunk, ticket.serial, typeIndex);
  return (
    <Panel title={t`Code`}>
      <Grid gap="md" align="flex-start">
        <Grid.Col span={{ base: 12, xs: 'content' }} w={{ base: '100%', xs: '14rem' }}>
          <QrCode token={token} label={t`QR code of ticket ${{ serial: ticket.serial }}`} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, xs: 'auto' }}>
          <Stack gap="xs">
            <Labelled label={t`Short code`}>
              <Copyable value={ticket.shortCode} label={t`short code`} />
            </Labelled>
            <Labelled label={t`Token`}>
              <Copyable value={token} label={t`token`} groupsOf={8} />
            </Labelled>
          </Stack>
        </Grid.Col>
      </Grid>
    </Panel>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      {children}
    </div>
  );
}
