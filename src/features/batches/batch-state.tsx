import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconCloudUpload,
  IconDeviceTablet,
  IconHammer,
  IconLinkOff,
} from '@tabler/icons-react';
import type { BatchState } from './batch-view.ts';

const LOOKS = {
  minting: { word: 'Minting', colour: 'blue', Icon: IconHammer },
  uploading: { word: 'Uploading', colour: 'blue', Icon: IconCloudUpload },
  refused: { word: 'Partly refused', colour: 'red', Icon: IconAlertTriangle },
  elsewhere: { word: 'Open elsewhere', colour: 'gray', Icon: IconDeviceTablet },
  complete: { word: 'Complete', colour: 'green', Icon: IconCircleCheck },
  cancelled: { word: 'Cancelled', colour: 'gray', Icon: IconCircleX },
  lost: { word: 'Lost', colour: 'orange', Icon: IconLinkOff },
} as const satisfies Record<BatchState, unknown>;

/** A batch's state: icon, word and colour. */
export function BatchStateBadge({ state }: { readonly state: BatchState }) {
  const { word, colour, Icon } = LOOKS[state];
  return (
    <Badge variant="light" color={colour} size="lg" tt="none" leftSection={<Icon size="1.1em" aria-hidden />}>
      {word}
    </Badge>
  );
}
