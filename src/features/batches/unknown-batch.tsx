import { t } from '@lingui/core/macro';
import { Button, EmptyState } from '@mantine/core';
import { IconTicketOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';

/** For a link to a batch that neither the server nor this device knows. */
export function UnknownBatch({ eventId }: { readonly eventId: string }) {
  return (
    <Page title={t`Batch`}>
      <EmptyState
        icon={<IconTicketOff aria-hidden />}
        title={t`This batch is not known here`}
        description={t`Neither the server nor this device has it. If another device is minting it, it shows once that device reaches the server.`}
      >
        <EmptyState.Actions>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/events/$eventId/tickets" params={{ eventId }} {...props} />}
          >
            {t`All batches`}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    </Page>
  );
}
