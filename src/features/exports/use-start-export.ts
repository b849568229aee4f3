import { useQueryClient } from '@tanstack/react-query';
import { useLiveQuery } from 'dexie-react-hooks';
import { fileTypeOf } from '../../../core/export/prepared-format.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';
import { minorDigits } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { useTypes } from '../types/use-types.ts';
import { gatherBatches } from './batch-requests.ts';
import { downloadDestination, exportFolder, pickDestination } from './destination.ts';
import { eventFacts } from './event-facts.ts';
import { exportService } from './export-service.ts';

export interface ExportDraft {
  readonly batches: readonly BatchView[];
  readonly formatId: FormatId;
  readonly options: Readonly<Record<string, unknown>>;
  /** With its extension. */
  readonly fileName: string;
}

export interface StartExport {
  /** The folder that exports go into; `undefined` until it is read. */
  readonly folder: FileSystemDirectoryHandle | null | undefined;
  /**
   * Asks where the file goes, then starts; call it first in a press.
   * @returns the export's id, or null when the person closed the picker.
   */
  start(draft: ExportDraft, where?: 'ask' | 'download'): Promise<string | null>;
}

/** Starts exports of the event whose pages one is on. */
export function useStartExport(): StartExport {
  const queryClient = useQueryClient();
  const event = useEvent();
  const types = useTypes();
  const folder = useLiveQuery(exportFolder, []);
  return {
    folder,
    async start({ batches, formatId, options, fileName }, where = 'ask') {
      const { mimeType } = fileTypeOf(EXPORT_FORMATS[formatId], options);
      const destination =
        where === 'download'
          ? downloadDestination()
          : await pickDestination({ folder: folder ?? null, fileName, mimeType });
      if (destination === null) return null;
      return exportService.start({
        eventId: event.id,
        eventName: event.name,
        fractionDigits: minorDigits(event.currency),
        timeZone: event.timeZone,
        locale: navigator.language,
        event: eventFacts(event, types),
        formatId,
        options,
        fileName,
        destination,
        gather: () => gatherBatches({ queryClient, event, types, batches }),
      });
    },
  };
}
