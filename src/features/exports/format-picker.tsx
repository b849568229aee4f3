import { Checkbox, SimpleGrid } from '@mantine/core';
import { EXPORT_FORMATS, FORMAT_IDS, type FormatId } from '../../../core/export/registry.ts';

interface FormatPickerProps {
  readonly formats: readonly FormatId[];
  readonly onChange: (formats: readonly FormatId[]) => void;
}

/** One format or several in one go, each with the need it serves. */
export function FormatPicker({ formats, onChange }: FormatPickerProps) {
  return (
    <Checkbox.Group
      label="Formats"
      description="One, or several in one go"
      value={[...formats]}
      onChange={(chosen) => onChange(FORMAT_IDS.filter((id) => chosen.includes(id)))}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs" verticalSpacing={4} mt="xs">
        {FORMAT_IDS.map((id) => (
          <Checkbox
            key={id}
            value={id}
            py="xs"
            label={EXPORT_FORMATS[id].title}
            description={EXPORT_FORMATS[id].hint}
          />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}
