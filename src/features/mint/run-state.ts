import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  IconCircleCheck,
  IconCircleX,
  IconHammer,
  IconHourglass,
  IconPlayerPause,
  type TablerIcon,
} from '@tabler/icons-react';
import type { RunState } from '../../database/database.ts';
import type { RunProgress } from './run-progress.ts';

interface StateLooks {
  readonly word: MessageDescriptor;
  readonly colour: string;
  readonly Icon: TablerIcon;
}

const RUN_STATE_LOOKS: Readonly<Record<RunState, StateLooks>> = {
  running: { word: msg`Running`, colour: 'blue', Icon: IconHammer },
  paused: { word: msg`Paused`, colour: 'yellow', Icon: IconPlayerPause },
  cancelling: { word: msg`Cancelling`, colour: 'yellow', Icon: IconHourglass },
  done: { word: msg`Done`, colour: 'green', Icon: IconCircleCheck },
  cancelled: { word: msg`Cancelled`, colour: 'gray', Icon: IconCircleX },
};
const WAITING: StateLooks = { word: msg`Waiting`, colour: 'yellow', Icon: IconHourglass };

/** A run's state as pages show it: word, colour and icon. It waits unless only some of its parts were refused. */
export function looksOf({ state, blocked }: Pick<RunProgress, 'state' | 'blocked'>): StateLooks {
  return blocked === null || blocked.kind === 'refused' ? RUN_STATE_LOOKS[state] : WAITING;
}
