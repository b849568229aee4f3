import { t } from '@lingui/core/macro';
import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { RecordKind } from '../../../core/export/format.ts';

interface SourceSelectProps {
  readonly source: RecordKind;
  readonly onChange: (source: RecordKind) => void;
}

/** What an export is made of. */
export function SourceSelect({ source, onChange }: SourceSelectProps) {
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={t`What is exported`}
        value={source}
        onChange={(value) => onChange(value === 'check-ins' ? 'check-ins' : 'tickets')}
        data={[
          { value: 'tickets', label: t`Tickets` },
          { value: 'check-ins', label: t`Check-ins` },
        ]}
      />
      {source === 'check-ins' && (
        <Text size="sm" c="dimmed">
          {t`Every scan at the gates with what became of it, in the order in which the server received them. They are on the server only.`}
        </Text>
      )}
    </Stack>
  );
}
