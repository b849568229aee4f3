import { Code, Group, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useId } from 'react';
import { compileSeatPattern, type SeatPattern, seatPatternSchema } from '../../../core/attendees/seat-pattern.ts';

/** The pattern as its form holds it: numbers may be empty while they are typed. */
export interface SeatValues {
  readonly isOn: boolean;
  readonly template: string;
  readonly seatsPerRow: number | string;
  readonly rowStart: string;
  readonly seatStart: number | string;
  readonly numberStart: number | string;
  readonly padding: number | string;
}

export const NO_SEATS: SeatValues = {
  isOn: false,
  template: 'A-{row}-{seat}',
  seatsPerRow: 50,
  rowStart: '1',
  seatStart: 1,
  numberStart: 1,
  padding: 0,
};

/** The pattern, null when seats are off, or why it is none yet. */
export function seatPatternOf(values: SeatValues): { readonly pattern: SeatPattern | null; readonly error?: string } {
  if (!values.isOn) return { pattern: null };
  const { success, data, error } = seatPatternSchema.safeParse(values);
  if (success) return { pattern: data };
  const issue = error.issues[0];
  return {
    pattern: null,
    error: `${issue?.path[0] === 'template' ? '' : `${LABELS[String(issue?.path[0])]}: `}${issue?.message}`,
  };
}

const LABELS: Readonly<Record<string, string>> = {
  seatsPerRow: 'Seats in a row',
  rowStart: 'First row',
  seatStart: 'First seat of a row',
  numberStart: 'First number',
  padding: 'Digits at least',
};

interface SeatPatternFieldsProps {
  readonly values: SeatValues;
  readonly onChange: (values: SeatValues) => void;
  /** Tickets in all batches, for the preview's last seat. */
  readonly count: number;
}

/** Seats or numbers for tickets that have none, with a live preview. */
export function SeatPatternFields({ values, onChange, count }: SeatPatternFieldsProps) {
  const previewId = useId();
  const { pattern, error } = seatPatternOf(values);
  const set = (changes: Partial<SeatValues>) => onChange({ ...values, ...changes });
  const usesRows = /\{(row|seat)\}/.test(values.template);
  const usesNumbers = values.template.includes('{n}');
  const integer = {
    allowDecimal: false,
    allowNegative: false,
    thousandSeparator: true,
    hideControls: true,
    inputMode: 'numeric',
  } as const;
  return (
    <Stack gap="sm">
      <Switch
        py="xs"
        label="Give each ticket a seat or number"
        checked={values.isOn}
        onChange={(event) => set({ isOn: event.currentTarget.checked })}
      />
      {values.isOn && (
        <>
          <TextInput
            label="Pattern"
            description="{row} counts rows, {seat} the seats within a row, {n} all tickets"
            value={values.template}
            onChange={(event) => set({ template: event.currentTarget.value })}
            error={error}
            aria-describedby={previewId}
            spellCheck={false}
          />
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
            {usesRows && (
              <>
                <TextInput
                  label={LABELS.rowStart}
                  value={values.rowStart}
                  maxLength={9}
                  onChange={(event) => set({ rowStart: event.currentTarget.value.trim().toUpperCase() })}
                />
                <NumberInput
                  label={LABELS.seatsPerRow}
                  min={1}
                  max={1_000_000}
                  value={values.seatsPerRow}
                  onChange={(seatsPerRow) => set({ seatsPerRow })}
                  {...integer}
                />
                <NumberInput
                  label={LABELS.seatStart}
                  max={1_000_000}
                  value={values.seatStart}
                  onChange={(seatStart) => set({ seatStart })}
                  {...integer}
                />
              </>
            )}
            {usesNumbers && (
              <NumberInput
                label={LABELS.numberStart}
                max={1_000_000_000}
                value={values.numberStart}
                onChange={(numberStart) => set({ numberStart })}
                {...integer}
              />
            )}
            <NumberInput
              label={LABELS.padding}
              max={12}
              value={values.padding}
              onChange={(padding) => set({ padding })}
              {...integer}
            />
          </SimpleGrid>
          <Group id={previewId} gap="xs" aria-live="polite">
            <Text size="sm" c="dimmed">
              Preview
            </Text>
            {pattern !== null && previewOf(pattern, count).map((seat) => <Code key={seat}>{seat}</Code>)}
          </Group>
        </>
      )}
    </Stack>
  );
}

/** The first three seats and the last. */
function previewOf(pattern: SeatPattern, count: number): readonly string[] {
  const seatAt = compileSeatPattern(pattern);
  const seats = [0, 1, 2].filter((index) => index < Math.max(3, count)).map(seatAt);
  return [...new Set(count > 3 ? [...seats, '…', seatAt(count - 1)] : seats)];
}
