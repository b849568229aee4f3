import { t } from '@lingui/core/macro';
import { ColorSwatch, Group, Text } from '@mantine/core';
import type { TicketTypeInput } from '../../../core/api/event.ts';

/** A type's colour and name; a type that is not known (yet) goes by its index. */
export function TypeName({ type, index }: { readonly type?: TicketTypeInput | undefined; readonly index?: number }) {
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <ColorSwatch
        component="span"
        size="0.75rem"
        color={`var(--mantine-color-${type?.colour ?? 'gray'}-filled)`}
        aria-hidden
      />
      <Text span inherit truncate>
        {type?.name ?? t`Type ${{ index: index ?? '' }}`}
      </Text>
    </Group>
  );
}
