import { useEffect, useState } from 'react';

/** Counts seconds down to 0, by this device's own clock from when it was told. */
export function useSecondsLeft(seconds: number): number {
  const [endsAt] = useState(() => performance.now() + seconds * 1_000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((endsAt - performance.now()) / 1_000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 1_000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return left;
}
