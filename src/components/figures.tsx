import { SimpleGrid, type SimpleGridProps, Stack, Text } from '@mantine/core';

interface FiguresProps {
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly cols: NonNullable<SimpleGridProps['cols']>;
}

/** A few figures side by side, large, each under what it is. */
export function Figures({ figures, cols }: FiguresProps) {
  return (
    <SimpleGrid cols={cols} spacing={{ base: 'sm', sm: 'lg' }} verticalSpacing={4}>
      {figures.map(({ label, value }) => (
        <Stack key={label} gap={0}>
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <Text fz="h3" fw={650} style={{ textWrap: 'balance' }}>
            {value}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  );
}
