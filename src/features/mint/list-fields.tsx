import { t } from '@lingui/core/macro';
import { Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TicketType } from '../../../core/api/event.ts';
import { useEventId } from '../events/use-event.ts';
import { ColumnMapping } from './column-mapping.tsx';
import { IssuedChoice } from './issued-choice.tsx';
import { ListDrop } from './list-drop.tsx';
import { ListProblem } from './list-problem.tsx';
import { DuplicatesChoice, ListReportView, ReadingProgress } from './list-report.tsx';
import { ReadingOptions } from './reading-options.tsx';
import { TypeMapping } from './type-mapping.tsx';
import { TypeSelect } from './type-select.tsx';
import type { WhatState } from './use-draft.ts';

interface ListFieldsProps {
  readonly what: WhatState;
  readonly types: readonly TicketType[];
}

/** An attendee list from the drop to its report: columns, types, duplicates, rows left out. */
export function ListFields({ what: { values, set, list }, types }: ListFieldsProps) {
  const eventId = useEventId();
  const [showsReading, reading] = useDisclosure(false);
  const { file, inspection, targets, choices, report } = list;
  const hasTypes = targets.includes('type');
  return (
    <Stack gap="lg">
      <ListDrop file={file} onFile={list.open} />
      {list.error !== null && <ListProblem error={list.error} />}
      {report === undefined && list.isReading && <ReadingProgress progress={list.progress} />}
      {report !== undefined && file !== null && list.error === null && (
        <ListReportView report={report} isReady={list.isReady} progress={list.progress} fileName={file.name} />
      )}
      {inspection !== undefined && (
        <>
          <Stack gap="sm">
            <Group justify="space-between" gap="xs">
              <Text fw={600}>{t`Columns`}</Text>
              <Button variant="subtle" color="gray" onClick={reading.toggle} aria-expanded={showsReading}>
                {showsReading ? t`Hide how it is read` : t`Wrong letters or columns?`}
              </Button>
            </Group>
            <Collapse expanded={showsReading} transitionDuration={120}>
              <ReadingOptions inspection={inspection} onOverride={list.override} />
            </Collapse>
            <ColumnMapping inspection={inspection} targets={targets} onTarget={list.setTarget} />
          </Stack>
          <IssuedChoice list={list} />
          {!hasTypes && (
            <TypeSelect types={types} typeIndex={values.typeIndex} onChange={(typeIndex) => set({ typeIndex })} />
          )}
        </>
      )}
      {report !== undefined && hasTypes && (
        <Stack gap="sm">
          <Text fw={600}>{t`Ticket types`}</Text>
          <TypeMapping
            eventId={eventId}
            types={types}
            typeTexts={report.typeTexts}
            choices={choices.typeChoices}
            onChoose={list.chooseType}
          />
        </Stack>
      )}
      {report !== undefined && (
        <DuplicatesChoice duplicates={report.duplicates} choice={choices.duplicates} onChoice={list.setDuplicates} />
      )}
    </Stack>
  );
}
