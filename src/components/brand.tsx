import { Group, Image, Text } from '@mantine/core';

/** The mark and, where there is room, the name. */
export function Brand({ withName = true }: { readonly withName?: boolean }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Image src="/icon.svg" alt={withName ? '' : 'Ticketmint'} w="xl" h="xl" />
      {withName && (
        <Text fw={650} size="lg">
          Ticketmint
        </Text>
      )}
    </Group>
  );
}
