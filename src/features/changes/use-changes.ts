import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readChanges, type WaitingChange } from '../../database/waiting-changes.ts';
import { revocationsQuery } from '../batches/api/get-revocations.ts';
import { useStored } from '../store/use-stored.ts';
import { correctionsQuery } from '../tickets/api/get-corrections.ts';
import { correctionsWith, revocationsWith, type ShownCorrection, type ShownRevocation } from './overlay.ts';

const NONE: readonly WaitingChange[] = [];

/** The changes of this device that the server has not confirmed, over all tabs; those it refused, too. */
export function useChanges(): readonly WaitingChange[] {
  return useStored(readChanges, [], NONE) ?? NONE;
}

interface Shown<Item> {
  /** Only this device's own where the server has never told. */
  readonly data: readonly Item[];
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The event's revocations as they hold on this device. */
export function useRevocations(eventId: string): Shown<ShownRevocation> {
  const changes = useChanges();
  const { data, isPending, error, refetch } = useQuery(revocationsQuery(eventId));
  const shown = useMemo(
    () =>
      revocationsWith(
        changes.filter((change) => change.eventId === eventId),
        data ?? [],
      ),
    [changes, eventId, data],
  );
  return { data: shown, isPending, error, refetch: () => void refetch() };
}

/** A batch's corrections as they hold on this device. @param isOnServer whether the server can have any. */
export function useCorrections(eventId: string, batchId: string, isOnServer: boolean): readonly ShownCorrection[] {
  const changes = useChanges();
  const { data } = useQuery({ ...correctionsQuery(eventId, batchId), enabled: isOnServer });
  return useMemo(() => correctionsWith(changes, batchId, data ?? []), [changes, batchId, data]);
}
