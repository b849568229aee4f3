import { t } from '@lingui/core/macro';
import { SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { instantOf } from '../../utils/zoned-time.ts';
import type { Validity } from './mint-draft.ts';

/** Validity as its form holds it, on the event's clock. */
export interface ValidityValues {
  readonly isOn: boolean;
  readonly from: string;
  readonly until: string;
}

export const TYPE_VALIDITY: ValidityValues = { isOn: false, from: '', until: '' };

/** The validity, or why it is none yet. */
export function validityOf(
  values: ValidityValues,
  timeZone: string,
): { readonly validity: Validity; readonly error?: string } {
  const notBefore = values.isOn ? (instantOf(values.from, timeZone) ?? null) : null;
  const notAfter = values.isOn ? (instantOf(values.until, timeZone) ?? null) : null;
  const isReversed = notBefore !== null && notAfter !== null && notAfter <= notBefore;
  return { validity: { notBefore, notAfter }, ...(isReversed ? { error: t`It has to end after it starts` } : {}) };
}

interface ValidityFieldsProps {
  readonly values: ValidityValues;
  readonly onChange: (values: ValidityValues) => void;
  readonly timeZone: string;
}

/** When the tickets are valid, where that differs from their type. */
export function ValidityFields({ values, onChange, timeZone }: ValidityFieldsProps) {
  const { error } = validityOf(values, timeZone);
  return (
    <Stack gap="sm">
      <Switch
        py="xs"
        label={t`Valid at other times than the ticket type says`}
        checked={values.isOn}
        onChange={(event) => onChange({ ...values, isOn: event.currentTarget.checked })}
      />
      {values.isOn && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            type="datetime-local"
            label={t`Valid from`}
            description={t`${timeZone}; empty for the type’s own`}
            value={values.from}
            onChange={(event) => onChange({ ...values, from: event.currentTarget.value })}
          />
          <TextInput
            type="datetime-local"
            label={t`Valid until`}
            description={t`${timeZone}; empty for the type’s own`}
            value={values.until}
            onChange={(event) => onChange({ ...values, until: event.currentTarget.value })}
            error={error}
          />
        </SimpleGrid>
      )}
    </Stack>
  );
}
