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
  readonly word: string;
  readonly colour: string;
  readonly Icon: TablerIcon;
}

const RUN_STATE_LOOKS: Readonly<Record<RunState, StateLooks>> = {
  running: { word: 'Running', colour: 'blue', Icon: IconHammer },
  paused: { word: 'Paused', colour: 'yellow', Icon: IconPlayerPause },
  cancelling: { word: 'Cancelling', colour: 'yellow', Icon: IconHourglass },
  done: { word: 'Done', colour: 'green', Icon: IconCircleCheck },
  cancelled: { word: 'Cancelled', colour: 'gray', Icon: IconCircleX },
};
const WAITING: StateLooks = { word: 'Waiting', colour: 'yellow', Icon: IconHourglass };

/** A run's state as pages show it: word, colour and icon. It waits unless only some of its parts were refused. */
export function looksOf({ state, blocked }: Pick<RunProgress, 'state' | 'blocked'>): StateLooks {
  return blocked === null || blocked.kind === 'refused' ? RUN_STATE_LOOKS[state] : WAITING;
}
