import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconCloudUpload,
  IconDeviceTablet,
  IconHammer,
  IconHourglass,
  IconLinkOff,
  IconTestPipe,
} from '@tabler/icons-react';
import { useEvent } from '../events/use-event.ts';
import { isTest, isWaitingForApproval } from './approval-state.ts';
import type { BatchState, BatchView } from './batch-view.ts';

const LOOKS = {
  minting: { word: msg`Minting`, colour: 'blue', Icon: IconHammer },
  uploading: { word: msg`Uploading`, colour: 'blue', Icon: IconCloudUpload },
  refused: { word: msg`Partly refused`, colour: 'red', Icon: IconAlertTriangle },
  elsewhere: { word: msg`Open elsewhere`, colour: 'gray', Icon: IconDeviceTablet },
  complete: { word: msg`Complete`, colour: 'green', Icon: IconCircleCheck },
  cancelled: { word: msg`Cancelled`, colour: 'gray', Icon: IconCircleX },
  lost: { word: msg`Lost`, colour: 'orange', Icon: IconLinkOff },
} as const satisfies Record<BatchState, unknown>;

/** A batch's state: icon, word and colour. */
export function BatchStateBadge({ state }: { readonly state: BatchState }) {
  const { word, colour, Icon } = LOOKS[state];
  return (
    <Badge variant="light" color={colour} size="lg" tt="none" leftSection={<Icon size="1.1em" aria-hidden />}>
      {i18n._(word)}
    </Badge>
  );
}

/** What of a batch is not as of others: that no gate lets its tickets in, never or not yet. */
export function BatchMarks({ batch }: { readonly batch: BatchView }) {
  const event = useEvent();
  return (
    <>
      {isTest(batch, event) && (
        <Badge
          variant="outline"
          color="violet"
          size="lg"
          tt="none"
          leftSection={<IconTestPipe size="1.1em" aria-hidden />}
        >
          {t`Test`}
        </Badge>
      )}
      {isWaitingForApproval(batch, event) && (
        <Badge
          variant="light"
          color="yellow"
          size="lg"
          tt="none"
          leftSection={<IconHourglass size="1.1em" aria-hidden />}
        >
          {t`Waiting for approval`}
        </Badge>
      )}
    </>
  );
}
