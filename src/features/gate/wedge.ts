/** People type slower, scanners faster. */
const KEY_GAP_MS = 80;
/** Shorter runs are keys, not codes. */
const LEAST_LENGTH = 10;

/**
 * Hears a scanner that types (keyboard wedge) wherever the focus is: a run of keys without a pause, ended by Enter or Tab.
 * What is typed into a field stays there.
 * @returns stops it.
 */
export function listenToWedge(onCode: (text: string) => void): () => void {
  let text = '';
  let lastAtMs = 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    const isQuick = event.timeStamp - lastAtMs < KEY_GAP_MS;
    lastAtMs = event.timeStamp;
    if (!isQuick) text = '';
    if (event.key.length === 1) text += event.key;
    else if (event.key === 'Enter' || event.key === 'Tab') {
      const code = text;
      text = '';
      if (code.length < LEAST_LENGTH) return;
      // It must press no button that happens to have the focus.
      event.preventDefault();
      event.stopPropagation();
      onCode(code);
    }
  };
  addEventListener('keydown', onKey, { capture: true });
  return () => removeEventListener('keydown', onKey, { capture: true });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
