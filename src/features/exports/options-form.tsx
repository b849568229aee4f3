import { t } from '@lingui/core/macro';
import { NumberInput, Select, SimpleGrid, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { commonOptions } from '../../../core/export/common-options.ts';
import { exportFaultSchema } from '../../../core/export/fault.ts';
import type { RecordKind } from '../../../core/export/format.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';
import { exportFaultWords } from './fault-words.ts';
import { optionWords } from './option-words.ts';

export type FormatOptions = Readonly<Record<string, unknown>>;

interface OptionsFormProps {
  /** What is exported. */
  readonly of: RecordKind;
  readonly formatId: FormatId;
  readonly value: FormatOptions;
  readonly onChange: (value: FormatOptions) => void;
}

/** What a format's schema says of one option; see `meta` there. */
const fieldSchema = z.object({
  title: z.string(),
  description: z.string().optional(),
  type: z.enum(['string', 'boolean', 'number', 'integer']),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.union([z.string(), z.boolean(), z.number()]),
  /** A word for each value. */
  choices: z.record(z.string(), z.string()).optional(),
});
type Field = z.infer<typeof fieldSchema> & { readonly name: string };

/**
 * A format's own options, drawn from its schema: an enumeration as a list, a yes or no as a switch, a number as a field.
 * What is as usual is left out of the value.
 */
export function OptionsForm({ of, formatId, value, onChange }: OptionsFormProps) {
  const { data } = useQuery({
    queryKey: ['export-options', formatId],
    networkMode: 'always',
    queryFn: async () => {
      const schema = await EXPORT_FORMATS[formatId].schema();
      return { schema, fields: fieldsOf(z.toJSONSchema(schema, { io: 'input' })) };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return null;
  const change = ({ name, default: usual }: Field, option: unknown) => {
    const { [name]: _, ...others } = value;
    onChange(option === usual ? others : { ...others, [name]: option });
  };
  const { error } = data.schema.safeParse(value);
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" style={{ alignItems: 'end' }}>
        {data.fields.map((field) => (
          <OptionField
            key={field.name}
            field={{ ...field, ...optionWords(formatId, field.name, field, of) }}
            value={value[field.name] ?? field.default}
            onChange={(option) => change(field, option)}
          />
        ))}
      </SimpleGrid>
      {error !== undefined && (
        <Text size="sm" c="red" role="alert" mt="sm">
          {refusalWords(error)}
        </Text>
      )}
    </>
  );
}

interface OptionFieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function OptionField({ field, value, onChange }: OptionFieldProps) {
  const { title, description, type, minimum, maximum } = field;
  if (type === 'boolean')
    return (
      <Switch
        py="xs"
        label={title}
        description={description}
        checked={Boolean(value)}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (type === 'string')
    return (
      <Select
        label={title}
        description={description}
        data={(field.enum ?? []).map((choice) => ({ value: choice, label: field.choices?.[choice] ?? choice }))}
        value={String(value)}
        onChange={onChange}
        allowDeselect={false}
      />
    );
  return (
    <NumberInput
      label={title}
      description={description}
      {...(minimum !== undefined && { min: minimum })}
      {...(maximum !== undefined && { max: maximum })}
      allowDecimal={type === 'number'}
      value={Number(value)}
      onChange={(number) => onChange(typeof number === 'number' ? number : field.default)}
    />
  );
}

/** The fault that a format's schema has put with what it refuses; else that the options do not go together. */
function refusalWords({ issues: [issue] }: z.ZodError): string {
  const { data } = exportFaultSchema.safeParse(issue?.code === 'custom' ? issue.params?.fault : undefined);
  return data === undefined
    ? t`These options do not go together.`
    : t`This cannot be exported: ${{ reason: exportFaultWords(data) }}.`;
}

/** Options without a title are not for this form: columns and paging have places of their own. */
function fieldsOf({ properties = {} }: { readonly properties?: Readonly<Record<string, unknown>> }): readonly Field[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    if (name in commonOptions) return [];
    const field = fieldSchema.safeParse(property);
    return field.success ? [{ ...field.data, name }] : [];
  });
}
