import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Code, Group, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useId } from 'react';
import { compileSeatPattern, type SeatPattern, seatPatternSchema } from '../../../core/attendees/seat-pattern.ts';
import { MAX_FIELD_LENGTH } from '../../../core/chunk/chunk.ts';
import { formatCount, formatList } from '../../utils/format.ts';

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
  const field = error.issues[0]?.path[0];
  const label = Object.entries(LABELS).find(([name]) => name === field)?.[1];
  if (label === undefined) return { pattern: null, error: templateProblem(values.template) };
  return { pattern: null, error: t`${{ field: i18n._(label) }}: this value does not fit` };
}

/** Why a template gives no seats. */
function templateProblem(template: string): string {
  if (template.trim() === '') return t`Give some text, such as ${{ example: NO_SEATS.template }}`;
  const placeholders = formatList(PLACEHOLDERS);
  const unknown = template.match(/\{[^{}]*\}/g)?.find((piece) => !PLACEHOLDERS.includes(piece));
  if (unknown !== undefined) return t`${unknown} is unknown; placeholders are ${placeholders}`;
  const rest = PLACEHOLDERS.reduce((text, placeholder) => text.replaceAll(placeholder, ''), template);
  if (/[{}]/.test(rest)) return t`A brace is left open; placeholders are ${placeholders}`;
  return t`A seat has at most ${{ count: formatCount(MAX_FIELD_LENGTH) }} characters, and no control characters`;
}

const PLACEHOLDERS: readonly string[] = ['{row}', '{seat}', '{n}'];

const LABELS = {
  seatsPerRow: msg`Seats in a row`,
  rowStart: msg`First row`,
  seatStart: msg`First seat of a row`,
  numberStart: msg`First number`,
  padding: msg`Digits at least`,
} as const;

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
        label={t`Give each ticket a seat or number`}
        checked={values.isOn}
        onChange={(event) => set({ isOn: event.currentTarget.checked })}
      />
      {values.isOn && (
        <>
          <TextInput
            label={t`Pattern`}
            description={t`${{ row: '{row}' }} counts rows, ${{ seat: '{seat}' }} the seats within a row, ${{ n: '{n}' }} all tickets`}
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
                  label={i18n._(LABELS.rowStart)}
                  value={values.rowStart}
                  maxLength={9}
                  onChange={(event) => set({ rowStart: event.currentTarget.value.trim().toUpperCase() })}
                />
                <NumberInput
                  label={i18n._(LABELS.seatsPerRow)}
                  min={1}
                  max={1_000_000}
                  value={values.seatsPerRow}
                  onChange={(seatsPerRow) => set({ seatsPerRow })}
                  {...integer}
                />
                <NumberInput
                  label={i18n._(LABELS.seatStart)}
                  max={1_000_000}
                  value={values.seatStart}
                  onChange={(seatStart) => set({ seatStart })}
                  {...integer}
                />
              </>
            )}
            {usesNumbers && (
              <NumberInput
                label={i18n._(LABELS.numberStart)}
                max={1_000_000_000}
                value={values.numberStart}
                onChange={(numberStart) => set({ numberStart })}
                {...integer}
              />
            )}
            <NumberInput
              label={i18n._(LABELS.padding)}
              max={12}
              value={values.padding}
              onChange={(padding) => set({ padding })}
              {...integer}
            />
          </SimpleGrid>
          <Group id={previewId} gap="xs" aria-live="polite">
            <Text size="sm" c="dimmed">
              {t`Preview`}
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
