import { useMemo, useSyncExternalStore } from 'react';

type Subscribe = (onChange: () => void) => () => void;

/** Follows what may change many times a frame: drawn at once when it was at rest, then once a frame. */
export function useFrameStore<View>(subscribe: Subscribe, view: () => View): View {
  return useSyncExternalStore(
    useMemo(() => oncePerFrame(subscribe), [subscribe]),
    view,
  );
}

function oncePerFrame(subscribe: Subscribe): Subscribe {
  return (onChange) => {
    let frame: number | undefined;
    let hasChanged = false;
    const tell = () => {
      hasChanged = false;
      frame = requestAnimationFrame(() => {
        frame = undefined;
        if (hasChanged) tell();
      });
      onChange();
    };
    const stop = subscribe(() => {
      if (frame === undefined) tell();
      else hasChanged = true;
    });
    return () => {
      stop();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  };
}
