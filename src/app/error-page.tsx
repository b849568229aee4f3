import { Button, Center, Container, EmptyState } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { ProblemAlert } from '../components/problem-alert.tsx';

/** What stands in the place of a page that failed; the frame around it stays. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container size="sm" px={0} py="lg">
      <ProblemAlert error={error} onRetry={retry} action={<EventsButton />} />
    </Container>
  );
}

export function NotFoundPage() {
  return (
    <Center mih="60dvh">
      <EmptyState
        icon={<IconMapQuestion aria-hidden />}
        title="There is no such page"
        description="The link may be old."
      >
        <EmptyState.Actions>
          <EventsButton />
        </EmptyState.Actions>
      </EmptyState>
    </Center>
  );
}

function EventsButton() {
  return (
    <Button variant="default" renderRoot={(props) => <Link to="/events" {...props} />}>
      Go to the events
    </Button>
  );
}
