import { t } from '@lingui/core/macro';
import { Checkbox, SimpleGrid } from '@mantine/core';
import type { RecordKind } from '../../../core/export/format.ts';
import type { FormatId } from '../../../core/export/registry.ts';
import { formatsFor } from './export-draft.ts';
import { formatHint, formatTitle } from './format-words.ts';

interface FormatPickerProps {
  /** What is exported. */
  readonly of: RecordKind;
  readonly formats: readonly FormatId[];
  readonly onChange: (formats: readonly FormatId[]) => void;
}

/** One format or several in one go, each with the need it serves. */
export function FormatPicker({ of, formats, onChange }: FormatPickerProps) {
  const choices = formatsFor(of);
  return (
    <Checkbox.Group
      label={t`Formats`}
      description={t`One, or several in one go`}
      value={[...formats]}
      onChange={(chosen) => onChange(choices.filter((id) => chosen.includes(id)))}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs" verticalSpacing={4} mt="xs">
        {choices.map((id) => (
          <Checkbox key={id} value={id} py="xs" label={formatTitle(id)} description={formatHint(id, of)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}
