import { t } from '@lingui/core/macro';
import { Box, Group, Text } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import { formatCount, formatTimeOfDay } from '../../utils/format.ts';
import classes from './arrival-chart.module.css';
import { type Arrivals, roundTicks } from './arrivals.ts';

const HEIGHT = 240;
const TOP = 8;
const BOTTOM = 24;
/** For the numbers of the vertical axis. */
const LEFT = 52;
/** Half of the last time's label. */
const RIGHT = 24;
/** A time's label with the room around it. */
const LABEL_WIDTH = 72;

interface ArrivalChartProps {
  readonly arrivals: Arrivals;
  readonly timeZone: string;
}

/** How many have come in by when, and how many are inside, as lines over time. */
export function ArrivalChart({ arrivals, timeZone }: ArrivalChartProps) {
  const { ref, width } = useWidth();
  const { steps } = arrivals;
  const hasLeft = steps.some(({ admittedSoFar, inside }) => inside !== admittedSoFar);
  return (
    <>
      {hasLeft && <Legend />}
      <Box ref={ref} h={HEIGHT}>
        {width > 0 && steps.length > 0 && (
          <svg className={classes.chart} width={width} height={HEIGHT} role="img" aria-label={t`In and out, by time`}>
            <Drawing arrivals={arrivals} timeZone={timeZone} width={width} hasLeft={hasLeft} />
          </svg>
        )}
      </Box>
    </>
  );
}

/** From the first picture on: observers tell with the next one. */
function useWidth() {
  const [first, setFirst] = useState(0);
  const { ref: observed, width } = useElementSize();
  const measured = useCallback((element: HTMLElement | null) => setFirst(element?.clientWidth ?? 0), []);
  return { ref: useMergedRef(observed, measured), width: width || first };
}

function Legend() {
  return (
    <Group gap="lg" mb="xs" aria-hidden>
      <Key className={classes.admitted} label={t`Came in`} />
      <Key className={classes.inside} label={t`On site`} />
    </Group>
  );
}

function Key({ className, label }: { readonly className: string | undefined; readonly label: string }) {
  return (
    <Group gap={6}>
      <svg width="28" height="4" aria-hidden>
        <path className={className} d="M2 2H26" />
      </svg>
      <Text span size="sm" c="dimmed">
        {label}
      </Text>
    </Group>
  );
}

type DrawingProps = ArrivalChartProps & { readonly width: number; readonly hasLeft: boolean };

function Drawing({ arrivals, timeZone, width, hasLeft }: DrawingProps) {
  const { steps, stepMs, until, admittedBefore, insideBefore } = arrivals;
  const from = steps[0]?.from ?? 0;
  const end = from + steps.length * stepMs;
  const ticks = roundTicks(Math.max(...steps.map(({ admittedSoFar, inside }) => Math.max(admittedSoFar, inside))));
  const top = ticks.at(-1) ?? 1;
  const xOf = (time: number) => LEFT + ((time - from) / (end - from)) * (width - LEFT - RIGHT);
  const yOf = (count: number) => HEIGHT - BOTTOM - (Math.max(0, count) / top) * (HEIGHT - BOTTOM - TOP);
  const lineOf = (before: number, counts: readonly number[]) =>
    [before, ...counts]
      .map((count, index) => `${xOf(index === 0 ? from : Math.min(until, from + index * stepMs))},${yOf(count)}`)
      .join(' ');
  const admitted = lineOf(
    admittedBefore,
    steps.map(({ admittedSoFar }) => admittedSoFar),
  );
  const inside = lineOf(
    insideBefore,
    steps.map((step) => step.inside),
  );
  return (
    <>
      {ticks.map((count) => (
        <g key={count}>
          <line className={classes.grid} x1={LEFT} x2={width - RIGHT} y1={yOf(count)} y2={yOf(count)} />
          <text className={classes.label} x={LEFT - 8} y={yOf(count)} dy="0.32em" textAnchor="end">
            {formatCount(count)}
          </text>
        </g>
      ))}
      {timesOf(arrivals, width).map((time) => (
        <text key={time} className={classes.label} x={xOf(time)} y={HEIGHT - 6} textAnchor="middle">
          {formatTimeOfDay(time, timeZone)}
        </text>
      ))}
      <polygon className={classes.area} points={`${LEFT},${yOf(0)} ${admitted} ${xOf(until)},${yOf(0)}`} />
      <polyline className={classes.admitted} points={admitted} />
      {hasLeft && <polyline className={classes.inside} points={inside} />}
    </>
  );
}

/** As many of the steps' beginnings as there is room for, evenly. */
function timesOf({ steps, stepMs }: Arrivals, width: number): readonly number[] {
  const room = Math.max(1, Math.floor((width - LEFT) / LABEL_WIDTH));
  const every = Math.ceil((steps.length + 1) / room);
  const begin = steps[0]?.from ?? 0;
  return Array.from({ length: Math.floor(steps.length / every) + 1 }, (_, index) => begin + index * every * stepMs);
}
