/** A timer this short shows how long an input would have waited. */
const TICK_MS = 10;

export interface MainThreadWatch {
  /** Milliseconds; `longestTaskMs` is 0 when no task took 50 ms, the shortest that the browser reports. */
  stop(): { readonly longestTaskMs: number; readonly longestWaitMs: number };
}

/** Watches how long this page's thread is held: by its long tasks, and by how late a timer comes. */
export function watchMainThread(): MainThreadWatch {
  let longestTaskMs = 0;
  let longestWaitMs = 0;
  const note = (entries: PerformanceEntryList) => {
    for (const { duration } of entries) longestTaskMs = Math.max(longestTaskMs, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'longtask' });
  let lastAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longestWaitMs = Math.max(longestWaitMs, now - lastAt - TICK_MS);
    lastAt = now;
  }, TICK_MS);
  return {
    stop() {
      note(observer.takeRecords());
      observer.disconnect();
      clearInterval(timer);
      return { longestTaskMs, longestWaitMs };
    },
  };
}
