/** `world`: the line to the server; `news`: that, and what is to be sent. */
type WakeKind = 'news' | 'world';

export interface WakeSource {
  /** Something is to be sent. */
  wake(): void;
  /** Something may go now that did not. */
  wakeWorld(): void;
  /** Begins to listen; the function waits for what has come since then, or for the time to be over. */
  next(kind: WakeKind): (timeoutMs: number) => Promise<void>;
}

/** Wakes a loop that waits. */
export function wakeSource(): WakeSource {
  const wakers: Record<WakeKind, () => void> = { news: () => {}, world: () => {} };
  return {
    wake: () => wakers.news(),
    wakeWorld() {
      wakers.world();
      wakers.news();
    },
    next(kind) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wakers[kind] = resolve;
      return (timeoutMs) => {
        const timer = setTimeout(resolve, timeoutMs);
        return promise.finally(() => clearTimeout(timer));
      };
    },
  };
}
