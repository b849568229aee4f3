import { expect, test } from 'vitest';
import { askForGate, holdGate } from '../../../../src/features/gate/hold-gate.ts';
import { RepeatFilter } from '../../../../src/features/gate/repeat-filter.ts';
import { listenToWedge } from '../../../../src/features/gate/wedge.ts';

test('a code that stays in view is one showing, and another after it was gone', () => {
  const filter = new RepeatFilter();
  const seen = [0, 500, 2_400, 4_000].map((at) => filter.isNew('A', at));
  expect(seen).toEqual([true, false, false, false]);
  expect([filter.isNew('B', 4_100), filter.isNew('A', 6_500)]).toEqual([true, true]);
  filter.forget();
  expect(filter.isNew('A', 6_600)).toBe(true);
});

/** Presses keys at times of the keyboard's own clock. @returns those that still do what they do elsewhere. */
function press(
  keys: readonly string[],
  { gapMs, target = document.body as HTMLElement }: { gapMs: number; target?: HTMLElement },
) {
  let at = performance.now();
  return keys.filter((key) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    at += gapMs;
    Object.defineProperty(event, 'timeStamp', { value: at });
    return target.dispatchEvent(event);
  });
}

test('a scanner that types is heard wherever the focus is, and people are not', () => {
  const heard: string[] = [];
  const stop = listenToWedge((text) => heard.push(text));
  const code = [...'ABCDEFGHIJ2345'];
  const button = document.body.appendChild(document.createElement('button'));
  const field = document.body.appendChild(document.createElement('input'));
  expect(press([...code, 'Enter'], { gapMs: 5, target: button })).not.toContain('Enter');
  expect(heard).toEqual(['ABCDEFGHIJ2345']);
  expect(press([...code, 'Enter'], { gapMs: 200 })).toContain('Enter');
  expect(press([...'ABC', 'Enter'], { gapMs: 5 })).toContain('Enter');
  expect(press([...code, 'Enter'], { gapMs: 5, target: field })).toContain('Enter');
  press([...'ABCDE', 'Shift', ...'fghij2345', 'Tab'], { gapMs: 5 });
  stop();
  press([...code, 'Enter'], { gapMs: 5 });
  expect(heard).toEqual(['ABCDEFGHIJ2345', 'ABCDEfghij2345']);
  button.remove();
  field.remove();
});

test('one page at a time has the gate; another gets it when the first has let go', async () => {
  const { signal } = new AbortController();
  const first = await holdGate({ signal, onElsewhere: () => expect.unreachable() });
  const elsewhere = Promise.withResolvers<void>();
  const second = holdGate({ signal, onElsewhere: elsewhere.resolve });
  await elsewhere.promise;
  let hasSecond = false;
  void second.then(() => {
    hasSecond = true;
  });
  askForGate();
  await expect.poll(() => first.asked.aborted).toBe(true);
  expect(hasSecond).toBe(false);
  first.release();
  (await second).release();
});
