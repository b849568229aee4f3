import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { type RunRecord, relaxedDatabase } from '../../database/database.ts';
import { formatTickets } from '../../utils/format.ts';
import { useStored } from '../store/use-stored.ts';
import { useTellWhenDone } from './use-tell-when-done.ts';

/**
 * What runs ask of the page wherever one is in it: a warning before it is closed with tickets that are not uploaded, a
 * screen that stays on while they run, a notification when one is done. Shows nothing. Mount it once.
 */
export function RunGuards() {
  const runs = useStored(
    () => relaxedDatabase().runs.where('state').anyOf('running', 'paused', 'cancelling').toArray(),
    [],
    [],
  );
  useCloseWarning((runs ?? []).length > 0);
  useWakeLock((runs ?? []).some(({ state }) => state === 'running'));
  useDoneNotification(runs);
  return null;
}

function useCloseWarning(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isActive]);
}

/** Browsers drop the lock when the page is hidden, so it is taken again when it shows. */
function useWakeLock(isActive: boolean): void {
  useEffect(() => {
    if (!isActive || !('wakeLock' in navigator)) return;
    let lock: Promise<WakeLockSentinel | undefined> | undefined;
    const take = () => {
      if (document.visibilityState !== 'visible') return;
      // Refused on low battery: the run goes on without it.
      lock = navigator.wakeLock.request('screen').catch(() => undefined);
    };
    take();
    document.addEventListener('visibilitychange', take);
    return () => {
      document.removeEventListener('visibilitychange', take);
      void lock?.then((taken) => taken?.release());
    };
  }, [isActive]);
}

/** Tells of each run that leaves the running ones as done while this page is open. */
function useDoneNotification(runs: readonly RunRecord[] | undefined): void {
  const { isOn } = useTellWhenDone();
  const known = useRef(new Set<string>());
  useEffect(() => {
    if (runs === undefined) return;
    const now = new Set(runs.map(({ id }) => id));
    const ended = [...known.current].filter((id) => !now.has(id));
    known.current = now;
    if (isOn) for (const id of ended) void notifyIfDone(id);
  }, [runs, isOn]);
}

async function notifyIfDone(runId: string): Promise<void> {
  const run = await relaxedDatabase().runs.get(runId);
  if (run?.state !== 'done') return;
  try {
    new Notification(t`Tickets are ready`, {
      body: `${run.title}: ${formatTickets(run.count)} on the server`,
      tag: runId,
    });
  } catch {
    // Chromium on Android has notifications from service workers only; the tab's title tells it too.
  }
}
