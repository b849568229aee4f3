import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { FileInput, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { formatBytes } from '../../utils/format.ts';
import { useStored } from '../store/use-stored.ts';
import type { FormatOptions } from './options-form.tsx';
import { keepPicture, keptPicture, MAX_PICTURE_BYTES } from './pictures.ts';

interface PdfFieldsProps {
  readonly value: FormatOptions;
  readonly onChange: (value: FormatOptions) => void;
}

/** The options of tickets as PDF that no simple field shows: the background, and a grid of one's own. */
export function PdfFields({ value, onChange }: PdfFieldsProps) {
  return (
    <Stack gap="md">
      <BackgroundField value={value} onChange={onChange} />
      {value.layout === 'custom' && <GridFields value={value} onChange={onChange} />}
    </Stack>
  );
}

function BackgroundField({ value, onChange }: PdfFieldsProps) {
  const name = typeof value.background === 'string' ? value.background : null;
  const picture = useStored(async () => (name === null ? null : keptPicture(name)), [name], null);
  const { background: _, ...others } = value;
  const choose = useMutation({
    networkMode: 'always',
    mutationFn: async (file: File | null) => {
      if (file === null) return null;
      if (file.size > MAX_PICTURE_BYTES)
        throw new RangeError(t`It is larger than ${{ size: formatBytes(MAX_PICTURE_BYTES) }}.`);
      return keepPicture(file);
    },
    onSuccess: (kept) => onChange(kept === null ? others : { ...others, background: kept }),
  });
  return (
    <FileInput
      label={t`Background`}
      description={t`PNG or JPEG, over the whole ticket; kept on this device`}
      placeholder={t`None`}
      accept="image/png,image/jpeg"
      clearable
      value={picture ?? null}
      onChange={(file) => choose.mutate(file)}
      error={errorWords(choose.error, name !== null && picture === null)}
    />
  );
}

function errorWords(error: Error | null, isElsewhere: boolean): string | undefined {
  if (error instanceof RangeError) return error.message;
  if (error !== null) return t`This is no PNG or JPEG picture that can be printed.`;
  return isElsewhere ? t`The picture is not on this device: choose it again, or clear it.` : undefined;
}

const GRID = [
  { id: 'pageWidthMm', label: msg`Page width, mm`, usual: 210, min: 30, max: 1_200 },
  { id: 'pageHeightMm', label: msg`Page height, mm`, usual: 297, min: 20, max: 1_200 },
  { id: 'columns', label: msg`Columns`, usual: 2, min: 1, max: 10 },
  { id: 'rows', label: msg`Rows`, usual: 4, min: 1, max: 50 },
  { id: 'marginXMm', label: msg`Left and right margin, mm`, usual: 10, min: 0, max: 100 },
  { id: 'marginYMm', label: msg`Top and bottom margin, mm`, usual: 10, min: 0, max: 100 },
  { id: 'gapXMm', label: msg`Between columns, mm`, usual: 0, min: 0, max: 50 },
  { id: 'gapYMm', label: msg`Between rows, mm`, usual: 0, min: 0, max: 50 },
] as const;

function GridFields({ value, onChange }: PdfFieldsProps) {
  const grid = value.custom as Readonly<Record<string, number>> | undefined;
  return (
    <Stack gap={4} component="fieldset" m={0} p={0} bd="none">
      <Text component="legend" fw={600} size="sm">
        {t`Your grid: tickets fill what margins and gaps leave`}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
        {GRID.map(({ id, label, usual, min, max }) => (
          <NumberInput
            key={id}
            label={i18n._(label)}
            min={min}
            max={max}
            clampBehavior="strict"
            allowDecimal={id.endsWith('Mm')}
            value={grid?.[id] ?? usual}
            onChange={(number) =>
              onChange({ ...value, custom: { ...grid, [id]: typeof number === 'number' ? number : usual } })
            }
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}
