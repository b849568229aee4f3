import { Text } from '@mantine/core';
import { groupedDigits } from './gate-words.ts';

/** Six digits, large enough to be compared over a table. */
export function Digits({ digits }: { readonly digits: string }) {
  return (
    <Text component="p" m={0} fz="3rem" lh={1.1} fw={650} ff="monospace" dir="ltr" style={{ whiteSpace: 'nowrap' }}>
      {groupedDigits(digits)}
    </Text>
  );
}
