import { t } from '@lingui/core/macro';
import { Container, Skeleton, Stack } from '@mantine/core';

/** What stands where a page will be, should loading take longer than a moment. */
export function PageSkeleton() {
  return (
    <Container size="lg" px={0} role="status" aria-busy aria-label={t`Loading`}>
      <Stack gap="lg">
        <Skeleton h="2rem" w="14rem" maw="60%" />
        <Skeleton h="7rem" />
        <Skeleton h="14rem" />
      </Stack>
    </Container>
  );
}
