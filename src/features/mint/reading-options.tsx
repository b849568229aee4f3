import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { NativeSelect, SimpleGrid, Switch } from '@mantine/core';
import { LIST_ENCODINGS, type ListEncoding } from '../../../core/attendees/encoding.ts';
import type { ListInspection, ListOverrides } from '../../../core/attendees/list-file.ts';
import type { ListDelimiter } from '../../../core/attendees/records.ts';

const DELIMITERS = [
  { value: ',', label: msg`Comma` },
  { value: ';', label: msg`Semicolon` },
  { value: '\t', label: msg`Tab` },
  { value: '|', label: msg`Bar` },
];

interface ReadingOptionsProps {
  readonly inspection: ListInspection;
  readonly onOverride: (overrides: ListOverrides) => void;
}

/** How the file is read, as detected; each can be corrected. */
export function ReadingOptions({ inspection: { source, sheets, hasHeader }, onOverride }: ReadingOptionsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="md" verticalSpacing="sm">
      {source.kind === 'text' ? (
        <>
          <NativeSelect
            label={t`Encoding`}
            value={source.encoding}
            data={LIST_ENCODINGS.map((encoding) => ({ value: encoding, label: encodingName(encoding) }))}
            onChange={(event) => onOverride({ encoding: event.currentTarget.value as ListEncoding })}
          />
          <NativeSelect
            label={t`Delimiter`}
            value={source.delimiter}
            data={DELIMITERS.map(({ value, label }) => ({
              value,
              label: value === '\t' ? i18n._(label) : `${i18n._(label)} ${value}`,
            }))}
            onChange={(event) => onOverride({ delimiter: event.currentTarget.value as ListDelimiter })}
          />
        </>
      ) : (
        <NativeSelect
          label={t`Sheet`}
          value={source.sheet}
          data={[...sheets]}
          onChange={(event) => onOverride({ sheet: event.currentTarget.value })}
        />
      )}
      <Switch
        mt={{ base: 0, xs: 'lg' }}
        py="xs"
        label={t`The first row names the columns`}
        checked={hasHeader}
        onChange={(event) => onOverride({ hasHeader: event.currentTarget.checked })}
      />
    </SimpleGrid>
  );
}

function encodingName(encoding: ListEncoding): string {
  return encoding === 'shift_jis'
    ? 'Shift JIS'
    : encoding.replace(/^(utf|iso|euc|koi8|gb|big)/, (word) => word.toUpperCase());
}
