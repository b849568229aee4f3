import { plural, t } from '@lingui/core/macro';
import { Alert, Text } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { formatAbout } from '../../utils/format.ts';
import type { OpenGate } from './open-gate.ts';

/** An error that people would notice, ms. */
const NOTICEABLE_MS = 30_000;

/** How wrong this device's clock is, what is done about it, and what waits to be sent by somebody else. */
export function ClockNotice({ gate: { clock, link } }: { readonly gate: OpenGate }) {
  const { leftBehind } = useSyncExternalStore(link.subscribe, () => link.view);
  clock.now();
  return (
    <>
      <Text size="sm">{clockWords(clock.estimate)}</Text>
      {leftBehind > 0 && (
        <Alert
          color="yellow"
          icon={<IconClock aria-hidden />}
          title={plural(leftBehind, { one: '# scan waits for a person', other: '# scans wait for a person' })}
        >
          {t`They were made under an earlier pairing of this device. Sign in here as an admin or coordinator, then open the gate again: they go up by themselves.`}
        </Alert>
      )}
    </>
  );
}

function clockWords({ comparedBy, errorMs, offsetMs }: OpenGate['clock']['estimate']): string {
  if (comparedBy === 'nobody')
    return t`This device’s clock was never compared with the server’s: times may be wrong, and no ticket is refused for its time.`;
  if (errorMs > NOTICEABLE_MS)
    return t`This device’s clock may be wrong by ${{ time: formatAbout(errorMs) }}: nothing is refused for less than that.`;
  if (Math.abs(offsetMs) < NOTICEABLE_MS) return t`This device’s clock is right.`;
  const error = formatAbout(Math.abs(offsetMs));
  return offsetMs > 0
    ? t`This device’s clock is slow: ${error}. Times are corrected.`
    : t`This device’s clock is fast: ${error}. Times are corrected.`;
}
