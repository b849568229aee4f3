import type { ScanOutcome } from './scan-outcome.ts';
import { toneOf } from './verdict-words.ts';

/** What ears and hands are told, without looking. */
type SignalKind = 'in' | 'out' | 'no';

const SIGNALS = { in: 'in', out: 'out', no: 'no', ask: 'no' } as const;

/** Frequencies in Hz, one tone after the other. */
const TONES: Readonly<Record<SignalKind, readonly number[]>> = {
  in: [880, 1_320],
  out: [880, 660],
  no: [196, 196, 196],
};
const TONE_SECONDS = 0.11;
const PAUSES_MS: Readonly<Record<SignalKind, readonly number[]>> = { in: [60], out: [40, 60, 40], no: [200, 80, 200] };

let audio: AudioContext | undefined;

/** Browsers are silent until somebody has touched the page: call it then. */
export function wakeSound(): void {
  audio ??= new AudioContext();
  // Refused without a touch, and asked again with the next one.
  if (audio.state === 'suspended') audio.resume().catch(() => undefined);
}

/** Three short tones or bumps that are told apart with eyes closed. */
export function signalOf(outcome: ScanOutcome): void {
  const kind = SIGNALS[toneOf(outcome)];
  // Not in every browser.
  navigator.vibrate?.([...PAUSES_MS[kind]]);
  if (audio?.state !== 'running') return;
  for (const [index, hertz] of TONES[kind].entries()) playTone(audio, hertz, { at: index * TONE_SECONDS, kind });
}

function playTone(
  context: AudioContext,
  hertz: number,
  { at, kind }: { readonly at: number; readonly kind: SignalKind },
) {
  const begin = context.currentTime + at;
  const oscillator = new OscillatorNode(context, { frequency: hertz, type: kind === 'no' ? 'square' : 'sine' });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setTargetAtTime(kind === 'no' ? 0.25 : 0.5, begin, 0.005);
  volume.gain.setTargetAtTime(0, begin + TONE_SECONDS * 0.8, 0.01);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + 2 * TONE_SECONDS);
}
