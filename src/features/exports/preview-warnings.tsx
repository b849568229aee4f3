import { plural, t } from '@lingui/core/macro';
import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

/** What stands in the way of a good print, if anything does. */
export function PreviewWarnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t`Look at these before you print`}>
      <List size="sm" spacing={4}>
        {warnings.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** Of so many tickets, counted where the preview was drawn. */
export function unprintableWords(tickets: number): string {
  return plural(tickets, {
    one: '# ticket cannot be printed and will be set aside',
    other: '# tickets cannot be printed and will be set aside',
  });
}

/** The characters, if they have pictures here, with their code points. */
export function characterNames(characters: readonly string[]): string {
  return characters.map(nameOf).join(', ');
}

function nameOf(character: string): string {
  const codePoint = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `${character} (U+${codePoint})`;
}
