import { t } from '@lingui/core/macro';
import { Box, Button, Group, Text } from '@mantine/core';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { Brand } from '../components/brand.tsx';
import { Page } from '../components/page.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';

/** What stands in the place of a page that failed; the frame around it stays. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={t`This page could not be shown`} size="sm">
      <ProblemAlert error={error} onRetry={retry} action={<EventsButton />} />
    </Page>
  );
}

/** The same where no frame of the application is around it. */
export function BareErrorPage(props: ErrorComponentProps) {
  return (
    <Box component="main" p="md">
      <Group mb="lg">
        <Brand />
      </Group>
      <ErrorPage {...props} />
    </Box>
  );
}

export function NotFoundPage() {
  return (
    <Page title={t`There is no such page`} size="sm">
      <Text>{t`The link may be old.`}</Text>
      <Group>
        <EventsButton />
      </Group>
    </Page>
  );
}

export function BareNotFoundPage() {
  return (
    <Box component="main" p="md">
      <Group mb="lg">
        <Brand />
      </Group>
      <NotFoundPage />
    </Box>
  );
}

function EventsButton() {
  return (
    <Button variant="default" renderRoot={(props) => <Link to="/events" {...props} />}>
      {t`Go to the events`}
    </Button>
  );
}
