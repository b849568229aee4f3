import { t } from '@lingui/core/macro';
import { MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { formatCount, formatInstant } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { useTypes } from '../types/use-types.ts';
import { chosenBatches } from './export-draft.ts';

interface BatchSelectProps {
  /** Null: all of them. */
  readonly batchIds: readonly string[] | null;
  readonly views: readonly BatchView[];
  readonly onChange: (batchIds: readonly string[] | null) => void;
}

/** The whole event, or one or several of its batches. */
export function BatchSelect({ batchIds, views, onChange }: BatchSelectProps) {
  const labelOf = useBatchLabel();
  const event = useEvent();
  const leavesOut = batchIds === null && chosenBatches(null, views, event).length < views.length;
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={t`Which tickets`}
        value={batchIds === null ? 'all' : 'some'}
        onChange={(which) => onChange(which === 'all' ? null : [])}
        data={[
          { value: 'all', label: t`All tickets` },
          { value: 'some', label: t`Some batches` },
        ]}
      />
      {leavesOut && (
        <Text size="sm" c="dimmed">
          {t`Test tickets are left out. To save them, choose their batch.`}
        </Text>
      )}
      {batchIds !== null && (
        <MultiSelect
          label={t`Batches`}
          placeholder={batchIds.length === 0 ? t`Choose one or more` : ''}
          data={views.map((view) => ({ value: view.id, label: labelOf(view) }))}
          value={[...batchIds]}
          onChange={onChange}
          searchable
        />
      )}
    </Stack>
  );
}

/** Says a batch in a list: `1,000 × VIP, 12 Mar 2027, 18:00`. */
export function useBatchLabel(): (view: BatchView) => string {
  const { timeZone } = useEvent();
  const types = useTypes();
  return ({ typeIndex, minted, startedAt }) => {
    const name = types.find(({ index }) => index === typeIndex)?.name ?? t`Type ${{ number: formatCount(typeIndex) }}`;
    return t`${{ count: formatCount(minted) }} × ${name}, ${{ when: formatInstant(startedAt, timeZone) }}`;
  };
}
