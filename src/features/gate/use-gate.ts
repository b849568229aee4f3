import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { GateSession } from '../../../core/api/gate-device.ts';
import { ownSessionQuery } from '../gates/api/own-session.ts';
import { askForGate, holdGate } from './hold-gate.ts';
import { type OpenGate, openGate } from './open-gate.ts';

/** `elsewhere`: another page of this device has the gate; `left`: it has just taken it over from this one. */
export type GateStatus =
  | { readonly kind: 'opening' | 'elsewhere' | 'left' }
  | { readonly kind: 'open'; readonly gate: OpenGate }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Opens this device's gate for as long as the page is shown; `retry` takes it over from another page, or tries again. */
export function useGate(session: GateSession): { readonly status: GateStatus; readonly retry: () => void } {
  const queryClient = useQueryClient();
  const [status, setStatus] = useState<GateStatus>({ kind: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const ids = `${session.device.id} ${session.gate.id}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the session is fetched again and again, and is the same by its ids.
  useEffect(() => {
    const leaving = new AbortController();
    const onEnded = () => void queryClient.invalidateQueries({ queryKey: ownSessionQuery.queryKey });
    const work = async () => {
      const { signal } = leaving;
      const { asked, release } = await holdGate({ signal, onElsewhere: () => setStatus({ kind: 'elsewhere' }) });
      asked.addEventListener('abort', () => {
        leaving.abort();
        setStatus({ kind: 'left' });
      });
      try {
        const gate = await openGate(session, { signal, onEnded });
        if (!signal.aborted) setStatus({ kind: 'open', gate });
        await gate.closed;
      } finally {
        release();
      }
    };
    work().catch((error: unknown) => {
      if (!leaving.signal.aborted) setStatus({ kind: 'failed', error });
    });
    return () => leaving.abort();
  }, [ids, attempt, queryClient]);
  const retry = () => {
    if (status.kind === 'elsewhere') askForGate();
    else {
      setStatus({ kind: 'opening' });
      setAttempt(attempt + 1);
    }
  };
  return { status, retry };
}
