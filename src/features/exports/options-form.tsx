import { Select, SimpleGrid, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { commonOptions } from '../../../core/export/common-options.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';

export type FormatOptions = Readonly<Record<string, unknown>>;

interface OptionsFormProps {
  readonly formatId: FormatId;
  readonly value: FormatOptions;
  readonly onChange: (value: FormatOptions) => void;
}

/** What a format's schema says of one option; see `meta` there. */
const fieldSchema = z.object({
  title: z.string(),
  description: z.string().optional(),
  type: z.enum(['string', 'boolean']),
  enum: z.array(z.string()).optional(),
  default: z.union([z.string(), z.boolean()]),
  /** A word for each value. */
  choices: z.record(z.string(), z.string()).optional(),
});
type Field = z.infer<typeof fieldSchema> & { readonly name: string };

/** A format's own options, drawn from its schema: an enumeration as a list, a yes or no as a switch. */
export function OptionsForm({ formatId, value, onChange }: OptionsFormProps) {
  const { data: fields = [] } = useQuery({
    queryKey: ['export-options', formatId],
    networkMode: 'always',
    queryFn: async () => fieldsOf(z.toJSONSchema(await EXPORT_FORMATS[formatId].schema(), { io: 'input' })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const set = (name: string, option: unknown) => onChange({ ...value, [name]: option });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      {fields.map((field) =>
        field.type === 'boolean' ? (
          <Switch
            key={field.name}
            pt={{ base: 0, xs: 'xl' }}
            label={field.title}
            description={field.description}
            checked={Boolean(value[field.name] ?? field.default)}
            onChange={(event) => set(field.name, event.currentTarget.checked)}
          />
        ) : (
          <Select
            key={field.name}
            label={field.title}
            description={field.description}
            data={(field.enum ?? []).map((choice) => ({ value: choice, label: field.choices?.[choice] ?? choice }))}
            value={String(value[field.name] ?? field.default)}
            onChange={(choice) => set(field.name, choice)}
            allowDeselect={false}
          />
        ),
      )}
    </SimpleGrid>
  );
}

/** Options without a title are not for this form: columns and paging have places of their own. */
function fieldsOf({ properties = {} }: { readonly properties?: Readonly<Record<string, unknown>> }): readonly Field[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    if (name in commonOptions) return [];
    const field = fieldSchema.safeParse(property);
    return field.success ? [{ ...field.data, name }] : [];
  });
}
