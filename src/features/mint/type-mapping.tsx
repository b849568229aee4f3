import { plural, t } from '@lingui/core/macro';
import { Button, Grid, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { TicketType } from '../../../core/api/event.ts';
import { typeKey } from '../../../core/attendees/list-options.ts';
import type { ListReport } from '../../../core/attendees/list-reader.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useCreateTypes } from '../types/api/create-type.ts';
import { nextColour } from '../types/type-values.ts';

/** More new types than this come from a column that holds something else. */
const MAX_NEW_TYPES = 50;

interface TypeMappingProps {
  readonly eventId: string;
  readonly types: readonly TicketType[];
  readonly typeTexts: ListReport['typeTexts'];
  readonly choices: Readonly<Record<string, number | null>>;
  readonly onChoose: (key: string, typeIndex: number | null) => void;
}

/** Each text of the type's column with the ticket type it stands for; types that are missing can be made at once. */
export function TypeMapping({ eventId, types, typeTexts, choices, onChoose }: TypeMappingProps) {
  const createTypes = useCreateTypes(eventId);
  const named = new Map(types.map(({ name, index }) => [typeKey(name), index]));
  const chosenFor = (key: string) => (key in choices ? (choices[key] ?? null) : (named.get(key) ?? null));
  const missing = typeTexts.filter(
    ({ key, text }) => text !== '' && text.length <= 100 && !(key in choices) && !named.has(key),
  );
  const data = [
    { value: '', label: t`Leave these rows out` },
    ...types.map(({ name, index }) => ({ value: String(index), label: name })),
  ];
  return (
    <Stack gap="sm">
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t`Ticket types of the list`}>
        {typeTexts.map(({ key, text, count }) => (
          <Grid component="li" key={key} gap="xs" align="center">
            <Grid.Col span={{ base: 12, xs: 7 }}>
              <Group gap="xs" wrap="nowrap">
                <Text fw={600} truncate dir="auto">
                  {text === '' ? t`(empty)` : text}
                </Text>
                <Text size="sm" c="dimmed" style={{ flexShrink: 0 }}>
                  {plural(count, { one: '# row', other: '# rows' })}
                </Text>
              </Group>
            </Grid.Col>
            <Grid.Col span={{ base: 12, xs: 5 }}>
              <NativeSelect
                aria-label={t`Ticket type for “${text}”`}
                data={data}
                value={String(chosenFor(key) ?? '')}
                onChange={({ currentTarget: { value } }) => onChoose(key, value === '' ? null : Number(value))}
              />
            </Grid.Col>
          </Grid>
        ))}
      </Stack>
      {missing.length > 0 && missing.length <= MAX_NEW_TYPES && (
        <Button
          variant="light"
          leftSection={<IconPlus aria-hidden />}
          loading={createTypes.isPending}
          onClick={() => createTypes.mutate(newTypes(missing, types))}
          style={{ alignSelf: 'flex-start' }}
        >
          {plural(missing.length, { one: 'Create the missing type', other: 'Create # missing types' })}
        </Button>
      )}
      {createTypes.error !== null && <ProblemAlert error={createTypes.error} title={t`Not all types were created.`} />}
    </Stack>
  );
}

function newTypes(missing: ListReport['typeTexts'], types: readonly TicketType[]) {
  const made: Pick<TicketType, 'colour'>[] = [...types];
  return missing.map(({ text }) => {
    const type = {
      name: text,
      colour: nextColour(made),
      priceMinor: 0,
      capacity: null,
      notBefore: null,
      notAfter: null,
    };
    made.push(type);
    return type;
  });
}
