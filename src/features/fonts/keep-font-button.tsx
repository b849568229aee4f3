import { t } from '@lingui/core/macro';
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import type { FontName } from '../../../core/fonts/catalog.ts';
import { FONT_FILES } from '../../../core/fonts/font-files.ts';
import { connection } from '../../api/connection.ts';
import { formatBytes, formatPercent } from '../../utils/format.ts';
import { fontTitle } from './font-words.ts';
import { useKeepFonts } from './kept-fonts.ts';

/** The named download of a font, for exports without the server. */
export function KeepFontButton({
  font,
  onKept,
}: {
  readonly font: FontName;
  readonly onKept?: (() => void) | undefined;
}) {
  const isOnline = useSyncExternalStore(connection.subscribe, () => connection.state === 'online');
  const { mutate, isPending, isSuccess, error, bytes } = useKeepFonts();
  const title = fontTitle(font);
  const { bytes: size } = FONT_FILES[font];
  if (isSuccess) return <Text size="sm" role="status">{t`${title} is kept on this device.`}</Text>;
  return (
    <Stack gap={4}>
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size="1.2em" aria-hidden />}
          disabled={!isOnline}
          loading={isPending}
          onClick={() => mutate([font], { onSuccess: () => onKept?.() })}
        >
          {t`Prepare for offline: ${title}, ${{ size: formatBytes(size) }}`}
        </Button>
      </Group>
      {isPending && (
        <Progress
          value={(100 * bytes) / size}
          aria-label={t`${title}: downloaded`}
          aria-valuetext={formatPercent(bytes, size)}
        />
      )}
      {!isOnline && (
        <Text size="sm" c="dimmed">{t`This takes the server: do it before you go where there is none.`}</Text>
      )}
      {error !== null && (
        <Text size="sm" role="alert">
          {whyNot(error)}
        </Text>
      )}
    </Stack>
  );
}

function whyNot(error: Error): string {
  return 'code' in error && error.code === 'mint-storage-full'
    ? t`This device has no room for it. Free copies of batches under Settings, Storage, then try again.`
    : t`It could not be fetched. Try again once the server answers.`;
}
