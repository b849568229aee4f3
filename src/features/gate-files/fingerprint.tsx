import { Text } from '@mantine/core';

/** A key as two people compare it on two screens: large, in groups, always from left to right. */
export function Fingerprint({ value }: { readonly value: string }) {
  return (
    <Text
      component="p"
      m={0}
      fz="clamp(1.35rem, 6.5vw, 2.25rem)"
      lh={1.2}
      fw={650}
      ff="monospace"
      dir="ltr"
      style={{ whiteSpace: 'nowrap' }}
      data-testid="fingerprint"
    >
      {value}
    </Text>
  );
}
