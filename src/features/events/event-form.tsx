import { t } from '@lingui/core/macro';
import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useMemo } from 'react';
import { type EventInput, eventInputSchema } from '../../../core/api/event.ts';
import { LANGUAGES, type Language } from '../../../core/languages.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { language } from '../../localisation/language.ts';
import { LOCALES } from '../../localisation/locales.ts';
import { deviceTimeZone } from '../../utils/format.ts';
import { instantOf, wallTimeOf } from '../../utils/zoned-time.ts';
import { currencyOfLocale, currencyOptions } from './currency.ts';

interface EventFormProps {
  /** What it starts from; without it, sensible defaults for a new event. */
  readonly event?: EventInput;
  readonly submitLabel: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (input: EventInput) => void;
  readonly extraFields?: ReactNode;
  readonly extraActions?: ReactNode;
}

interface EventFormValues {
  name: string;
  place: string;
  timeZone: string;
  starts: string;
  ends: string;
  currency: string;
  language: Language;
}

/** Each by its own name. */
const LANGUAGE_OPTIONS = LANGUAGES.map((value) => ({ value, label: LOCALES[value].name }));

/** Name, place, times on the event's own clock, currency, and language. */
export function EventForm({
  event,
  submitLabel,
  isPending,
  error,
  onSubmit,
  extraFields,
  extraActions,
}: EventFormProps) {
  const form = useForm<EventFormValues>({
    initialValues: valuesOf(event ?? newEvent(Date.now())),
    validate: {
      name: (name) => (name.trim() === '' ? t`Give the event a name` : null),
      starts: (starts, { timeZone }) => (instantOf(starts, timeZone) === undefined ? t`Choose when it starts` : null),
      ends: (_ends, values) => {
        const { startsAt, endsAt } = timesOf(values);
        if (endsAt === undefined) return t`Choose when it ends`;
        return startsAt !== undefined && endsAt <= startsAt ? t`It has to end after it starts` : null;
      },
    },
  });
  const zones = useMemo(() => timeZoneOptions(form.values.timeZone), [form.values.timeZone]);
  const currencies = useMemo(currencyOptions, []);
  const submit = form.onSubmit((values) => {
    const { name, place, timeZone, currency, language } = values;
    onSubmit(eventInputSchema.parse({ name, place, timeZone, currency, language, ...timesOf(values) }));
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw="40rem">
        <TextInput label={t`Name`} autoFocus={event === undefined} maxLength={200} {...form.getInputProps('name')} />
        <TextInput label={t`Place`} maxLength={200} {...form.getInputProps('place')} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <TextInput type="datetime-local" label={t`Starts`} {...form.getInputProps('starts')} />
          <TextInput type="datetime-local" label={t`Ends`} {...form.getInputProps('ends')} />
          <Select
            label={t`Time zone`}
            searchable
            allowDeselect={false}
            limit={100}
            data={zones}
            {...form.getInputProps('timeZone')}
          />
          <Select
            label={t`Currency`}
            searchable
            allowDeselect={false}
            limit={100}
            data={currencies}
            {...form.getInputProps('currency')}
          />
          <Select
            label={t`Language of tickets and messages`}
            allowDeselect={false}
            data={LANGUAGE_OPTIONS}
            {...form.getInputProps('language')}
          />
        </SimpleGrid>
        {extraFields}
        {error !== null && <ProblemAlert error={error} title={t`The event was not saved.`} />}
        <Group gap="xs">
          <Button type="submit" loading={isPending}>
            {submitLabel}
          </Button>
          {extraActions}
        </Group>
      </Stack>
    </form>
  );
}

function timeZoneOptions(current: string): string[] {
  return [...new Set([current, deviceTimeZone(), ...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort();
}

/** An evening four weeks from now, on the device's clock, in the language of the interface. */
function newEvent(now: number): EventInput {
  const day = wallTimeOf(now + 28 * 86_400_000, deviceTimeZone()).slice(0, 10);
  const startsAt = instantOf(`${day}T18:00`, deviceTimeZone()) ?? now;
  const currency = currencyOfLocale(navigator.language);
  const times = { timeZone: deviceTimeZone(), startsAt, endsAt: startsAt + 5 * 3_600_000 };
  return { name: '', place: '', ...times, currency, language: language.locale };
}

function valuesOf({ startsAt, endsAt, ...event }: EventInput): EventFormValues {
  const { name, place, timeZone, currency, language: spoken } = event;
  const [starts, ends] = [wallTimeOf(startsAt, timeZone), wallTimeOf(endsAt, timeZone)];
  return { name, place, timeZone, starts, ends, currency, language: spoken };
}

function timesOf({ starts, ends, timeZone }: EventFormValues) {
  return { startsAt: instantOf(starts, timeZone), endsAt: instantOf(ends, timeZone) };
}
