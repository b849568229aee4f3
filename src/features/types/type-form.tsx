import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Button, Collapse, ColorSwatch, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import type { TicketTypeInput } from '../../../core/api/event.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { minorDigits } from '../../utils/format.ts';
import { swatchColour } from './type-name.tsx';
import { type EventTerms, TYPE_COLOURS, type TypeColour, type TypeFormValues, typeInputOf } from './type-values.ts';

interface TypeFormProps {
  readonly initialValues: TypeFormValues;
  readonly terms: EventTerms;
  readonly submitLabel: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  /** Resolves with the values for the next one, where the form stays open for more. */
  readonly onSubmit: (input: TicketTypeInput) => Promise<TypeFormValues | undefined>;
  readonly onCancel?: () => void;
}

/** Name, price, colour and capacity in one row; the validity window is folded away, as few need it. */
export function TypeForm({ initialValues, terms, submitLabel, isPending, error, onSubmit, onCancel }: TypeFormProps) {
  const nameInput = useRef<HTMLInputElement>(null);
  const [showsValidity, setShowsValidity] = useState(initialValues.notBefore !== '' || initialValues.notAfter !== '');
  const form = useForm<TypeFormValues>({
    initialValues,
    validate: {
      name: (name) => (name.trim() === '' ? t`Give the type a name` : null),
      notAfter: (notAfter, { notBefore }) =>
        notAfter !== '' && notBefore !== '' && notAfter <= notBefore ? t`It has to end after it starts` : null,
    },
  });
  const { isDirty, setFieldValue, resetDirty, values } = form;
  useEffect(() => {
    // The proposed colour follows the types that exist, until one is chosen. Setting it makes the form's functions anew.
    if (values.colour === initialValues.colour || isDirty('colour')) return;
    setFieldValue('colour', initialValues.colour);
    resetDirty();
  }, [initialValues.colour, values.colour, isDirty, setFieldValue, resetDirty]);
  const submit = form.onSubmit(async (values) => {
    const next = await onSubmit(typeInputOf(values, terms));
    if (next === undefined) return;
    form.setValues(next);
    form.resetDirty(next);
    nameInput.current?.focus();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
          <TextInput
            ref={nameInput}
            label={t`Name`}
            maxLength={100}
            aria-keyshortcuts="n"
            {...form.getInputProps('name')}
          />
          <NumberInput
            label={t`Price (${{ currency: terms.currency }})`}
            placeholder="0"
            min={0}
            max={10_000_000_000}
            decimalScale={minorDigits(terms.currency)}
            thousandSeparator
            hideControls
            {...form.getInputProps('price')}
          />
          <NumberInput
            label={t`Capacity`}
            placeholder={t`No limit`}
            min={1}
            max={100_000_000}
            allowDecimal={false}
            thousandSeparator
            hideControls
            {...form.getInputProps('capacity')}
          />
          <ColourSelect value={form.values.colour} onChange={(colour) => form.setFieldValue('colour', colour)} />
        </SimpleGrid>
        <Collapse expanded={showsValidity}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput type="datetime-local" label={t`Valid from`} {...form.getInputProps('notBefore')} />
            <TextInput type="datetime-local" label={t`Valid until`} {...form.getInputProps('notAfter')} />
          </SimpleGrid>
        </Collapse>
        {error !== null && <ProblemAlert error={error} title={t`The type was not saved.`} />}
        <Group gap="xs">
          <Button type="submit" loading={isPending}>
            {submitLabel}
          </Button>
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              {t`Cancel`}
            </Button>
          )}
          <Button
            variant="subtle"
            color="gray"
            aria-expanded={showsValidity}
            onClick={() => setShowsValidity((is) => !is)}
          >
            {showsValidity ? t`Hide validity` : t`Set validity`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const COLOUR_NAMES: Readonly<Record<TypeColour, MessageDescriptor>> = {
  gray: msg`Grey`,
  red: msg`Red`,
  pink: msg`Pink`,
  grape: msg`Purple`,
  violet: msg`Violet`,
  indigo: msg`Indigo`,
  blue: msg`Blue`,
  cyan: msg`Sky blue`,
  teal: msg`Teal`,
  green: msg`Green`,
  lime: msg`Lime`,
  yellow: msg`Yellow`,
  orange: msg`Orange`,
};

function ColourSelect(props: { readonly value: TypeColour; readonly onChange: (colour: TypeColour) => void }) {
  return (
    <Select
      label={t`Colour`}
      allowDeselect={false}
      data={TYPE_COLOURS.map((colour) => ({ value: colour, label: i18n._(COLOUR_NAMES[colour]) }))}
      value={props.value}
      onChange={(colour) => props.onChange((colour ?? props.value) as TypeColour)}
      leftSection={<Swatch colour={props.value} />}
      renderOption={({ option }) => (
        <Group gap="xs">
          <Swatch colour={option.value} />
          {option.label}
        </Group>
      )}
    />
  );
}

function Swatch({ colour }: { readonly colour: string }) {
  return <ColorSwatch component="span" size="1rem" color={swatchColour(colour)} aria-hidden />;
}
