import { useSyncExternalStore } from 'react';
import { type ExportRecord, relaxedDatabase } from '../../database/database.ts';
import { useStored } from '../store/use-stored.ts';
import { exportService, type LiveExport } from './export-service.ts';

/** The event's exports on this device, the newest first; `undefined` until they are read. */
export function useExportHistory(eventId: string): readonly ExportRecord[] | undefined {
  return useStored(
    async () => {
      const records = await relaxedDatabase().exports.where('eventId').equals(eventId).toArray();
      return records.sort((left, right) => right.startedAt - left.startedAt);
    },
    [eventId],
    [],
  );
}

/** The exports that this tab runs or has run for the event. */
export function useLiveExports(eventId: string): readonly LiveExport[] {
  return useSyncExternalStore(exportService.subscribe, exportService.all).filter((live) => live.eventId === eventId);
}

export function useLiveExport(id: string | null): LiveExport | undefined {
  return useSyncExternalStore(exportService.subscribe, exportService.all).find((live) => live.id === id);
}
