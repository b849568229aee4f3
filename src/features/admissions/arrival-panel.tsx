import { plural, t } from '@lingui/core/macro';
import { Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import type { Admissions } from '../../../core/api/gate.ts';
import { formatCount, formatSince, formatTimeOfDay } from '../../utils/format.ts';
import { ArrivalChart } from './arrival-chart.tsx';
import { type ArrivalStep, type Arrivals, arrivalsOf } from './arrivals.ts';

interface ArrivalPanelProps {
  readonly admissions: Admissions;
  readonly timeZone: string;
}

/** Who came when: the answer as a title, the way there as a chart, or as a table. */
export function ArrivalPanel({ admissions, timeZone }: ArrivalPanelProps) {
  const [isTable, table] = useDisclosure(false);
  const headingId = useId();
  const arrivals = arrivalsOf(admissions, timeZone);
  const again = admissions.admitted - admissions.used;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={headingId}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Stack gap={4} flex="1 1 12rem">
            <Title order={2} size="h3" id={headingId}>
              {titleOf(admissions, timeZone)}
            </Title>
            {arrivals.steps.length > 0 && (
              <Text size="sm" c="dimmed">
                {busiestWords(arrivals, timeZone)}
                {again > 0 &&
                  ` · ${plural(again, { one: '# entry by a ticket that was in before', other: '# entries by tickets that were in before' })}`}
              </Text>
            )}
          </Stack>
          {arrivals.steps.length > 0 && (
            <Button variant="default" aria-pressed={isTable} onClick={table.toggle}>
              {t`As a table`}
            </Button>
          )}
        </Group>
        {arrivals.steps.length === 0 ? (
          <Text size="sm">{t`Nobody came in or went out within the last day of the event.`}</Text>
        ) : isTable ? (
          <ArrivalTable arrivals={arrivals} timeZone={timeZone} />
        ) : (
          <ArrivalChart arrivals={arrivals} timeZone={timeZone} />
        )}
      </Stack>
    </Paper>
  );
}

/** `412 of 1,000 in by 18:00` */
function titleOf({ used, tickets, at }: Admissions, timeZone: string): string {
  const time = formatSince(at, timeZone);
  return t`${{ used: formatCount(used) }} of ${{ tickets: formatCount(tickets) }} in by ${time}`;
}

function busiestWords({ steps, stepMs }: Arrivals, timeZone: string): string {
  const busiest = steps.reduce((most, step) => (step.admitted > most.admitted ? step : most));
  const from = formatTimeOfDay(busiest.from, timeZone);
  const until = formatTimeOfDay(busiest.from + stepMs, timeZone);
  return t`Busiest from ${from} to ${until}: ${{ count: formatCount(busiest.admitted) }} in`;
}

interface ArrivalTableProps {
  readonly arrivals: Arrivals;
  readonly timeZone: string;
}

function ArrivalTable({ arrivals: { steps }, timeZone }: ArrivalTableProps) {
  const happened = steps.filter(({ admitted, exited }) => admitted > 0 || exited > 0);
  return (
    <Table.ScrollContainer
      minWidth="18rem"
      maxHeight="24rem"
      type="native"
      role="region"
      aria-label={t`In and out, by time`}
      tabIndex={0}
    >
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t({ message: 'From', context: 'time' })}</Table.Th>
            <Table.Th ta="end">{t({ message: 'In', context: 'people' })}</Table.Th>
            <Table.Th ta="end">{t({ message: 'Out', context: 'people' })}</Table.Th>
            <Table.Th ta="end">{t`On site`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {happened.map((step) => (
            <ArrivalRow key={step.from} step={step} timeZone={timeZone} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ArrivalRow({ step, timeZone }: { readonly step: ArrivalStep; readonly timeZone: string }) {
  const { from, admitted, exited, inside } = step;
  return (
    <Table.Tr>
      <Table.Td>{formatSince(from, timeZone)}</Table.Td>
      {[admitted, exited, inside].map((count, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places.
        <Table.Td key={index} ta="end">
          {formatCount(count)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
