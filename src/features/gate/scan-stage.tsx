import { t } from '@lingui/core/macro';
import { Button, SegmentedControl, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCamera, IconCameraOff } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount } from '../../utils/format.ts';
import { useFrameStore } from '../../utils/use-frame-store.ts';
import { CameraView } from './camera-view.tsx';
import { CodeField } from './code-field.tsx';
import type { Direction, GateDesk } from './gate-desk.ts';
import type { OpenGate } from './open-gate.ts';
import { RecentScans } from './recent-scans.tsx';
import { RepeatFilter } from './repeat-filter.ts';
import classes from './scan-page.module.css';
import { signalOf, wakeSound } from './signals.ts';
import { useWakeLock } from './use-wake-lock.ts';
import { VerdictActions } from './verdict-actions.tsx';
import { VerdictPanel } from './verdict-panel.tsx';
import { listenToWedge } from './wedge.ts';

interface ScanStageProps {
  readonly gate: OpenGate;
  readonly knowledge: GateKnowledge;
}

/** Where tickets are shown, and what is said of them. */
export function ScanStage({ gate, knowledge }: ScanStageProps) {
  const { desk, link, memory } = gate;
  const view = useFrameStore(desk.subscribe, () => desk.view);
  useFrameStore(link.subscribe, () => link.view);
  const [isCameraOn, camera] = useDisclosure(false);
  const { show, failure, filter } = useShow(desk);
  useWakeLock();
  useEffect(() => listenToWedge((text) => show(text)), [show]);
  return (
    <>
      <section className={classes.stage} aria-label={t`Verdict`}>
        {isCameraOn && <CameraView onCode={show} />}
        {failure !== undefined && <ProblemAlert error={failure} />}
        <VerdictPanel outcome={view.latest} names={view.names} knowledge={knowledge} />
      </section>
      <section className={classes.controls} aria-label={t`Controls`}>
        <VerdictActions
          key={view.latest?.id}
          desk={desk}
          outcome={view.latest}
          knowledge={knowledge}
          onUndone={() => filter.forget()}
        />
        {desk.gate.direction === 'both' && <DirectionChoice desk={desk} direction={view.direction} />}
        <Button
          size="lg"
          variant="default"
          aria-pressed={isCameraOn}
          leftSection={isCameraOn ? <IconCameraOff aria-hidden /> : <IconCamera aria-hidden />}
          onClick={camera.toggle}
        >
          {isCameraOn ? t`Camera off` : t`Scan with the camera`}
        </Button>
        <CodeField onCode={(text) => show(text, true)} />
        <Text>{insideWords(memory, desk)}</Text>
        <RecentScans
          recent={view.recent}
          knowledge={knowledge}
          desk={desk}
          shown={view.latest}
          onUndone={() => filter.forget()}
        />
      </section>
    </>
  );
}

/** Shows what was read, once for each showing. @returns `failure`: something is wrong with this page. */
function useShow(desk: GateDesk) {
  const [filter] = useState(() => new RepeatFilter());
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) addEventListener(event, wakeSound);
    return () => {
      for (const event of events) removeEventListener(event, wakeSound);
    };
  }, []);
  const show = useCallback(
    (text: string, isTyped = false) => {
      if (!filter.isNew(text, performance.now()) && !isTyped) return;
      desk.scan(text).then(
        (outcome) => {
          setFailure(undefined);
          signalOf(outcome);
        },
        (error: unknown) => setFailure(error),
      );
    },
    [desk, filter],
  );
  return { show, failure, filter };
}

function DirectionChoice({ desk, direction }: { readonly desk: GateDesk; readonly direction: Direction }) {
  return (
    <SegmentedControl
      fullWidth
      size="xl"
      aria-label={t`A scan means`}
      value={direction}
      onChange={(value) => desk.setDirection(value === 'exit' ? 'exit' : 'enter')}
      data={[
        { value: 'enter', label: t`In` },
        { value: 'exit', label: t`Out` },
      ]}
    />
  );
}

/** How many are inside, and how many may be. */
function insideWords({ state }: OpenGate['memory'], { gate }: GateDesk): string {
  const words = [];
  const { capacity = null } = state.knowledge?.setup.rules ?? {};
  const inside = formatCount(Math.max(0, state.inside()));
  words.push(capacity === null ? t`Inside: ${inside}` : t`Inside: ${inside} of ${{ capacity: formatCount(capacity) }}`);
  if (gate.capacity !== null) {
    const here = formatCount(Math.max(0, state.insideOf(gate.id)));
    words.push(t`By this gate: ${here} of ${{ capacity: formatCount(gate.capacity) }}`);
  }
  return words.join(' · ');
}
