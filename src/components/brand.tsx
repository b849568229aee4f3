import { Group, Image, Text } from '@mantine/core';

/** The mark and, where there is room, the name. */
export function Brand({ withName = true }: { readonly withName?: boolean }) {
  return (
    <Group gap="xs" wrap="nowrap" mih="2.75rem" miw="2.75rem" justify="center">
      <Image src="/icon.svg" alt={withName ? '' : 'Ticketmint'} w="xl" h="xl" />
      {withName && (
        <Text fw={650} size="lg">
          Ticketmint
        </Text>
      )}
    </Group>
  );
}
