import { t } from '@lingui/core/macro';
import { ColorSwatch, Group, Text } from '@mantine/core';
import type { TicketTypeInput } from '../../../core/api/event.ts';

/** What a swatch of a type's colour is filled with; grey is told from the ground in dark colours, too. */
export function swatchColour(colour: string): string {
  if (colour === 'gray') return 'light-dark(var(--mantine-color-gray-7), var(--mantine-color-gray-5))';
  return `var(--mantine-color-${colour}-filled)`;
}

/** A type's colour and name; a type that is not known (yet) goes by its index. */
export function TypeName({ type, index }: { readonly type?: TicketTypeInput | undefined; readonly index?: number }) {
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <ColorSwatch component="span" size="0.75rem" color={swatchColour(type?.colour ?? 'gray')} aria-hidden />
      <Text span inherit truncate>
        {type?.name ?? t`Type ${{ index: index ?? '' }}`}
      </Text>
    </Group>
  );
}
