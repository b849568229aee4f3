import { useQueryClient } from '@tanstack/react-query';
import type { RecordKind } from '../../../core/export/format.ts';
import type { ExportDestination, FileRequest } from '../../../core/export/job.ts';
import { splitFileName } from '../../../core/export/part-names.ts';
import { fileTypeOf } from '../../../core/export/prepared-format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { formatLocale, minorDigits } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { useStored } from '../store/use-stored.ts';
import { useTypes } from '../types/use-types.ts';
import { downloadDestination, exportFolder, mayWrite, pickDestination } from './destination.ts';
import { eventFacts } from './event-facts.ts';
import { exportService } from './export-service.ts';
import { gatherRecords } from './gather-records.ts';
import { picturesFor } from './pictures.ts';

/** What is to be exported. */
interface Records {
  readonly source: RecordKind;
  /** Whose tickets; of check-ins all of the event. */
  readonly batches: readonly BatchView[];
}

/** One format of them, in one file or in parts. */
export interface ExportDraft extends FileRequest, Records {}

/** Several files in one ZIP, or one format in many. */
export interface ArchiveDraft extends Records {
  readonly files: readonly FileRequest[];
  /** With `.zip`. */
  readonly archiveName: string;
}

export interface StartExport {
  /** The folder that exports go into; `undefined` until it is read. */
  readonly folder: FileSystemDirectoryHandle | null | undefined;
  /**
   * Asks where the files go, then starts; call it first in a press. Parts of a draft go into the picked folder; where there
   * is none they come in one ZIP.
   * @returns the export's id, or null when the person closed the picker.
   */
  start(draft: ExportDraft | ArchiveDraft, where?: 'ask' | 'download'): Promise<string | null>;
}

/** Starts exports of the event whose pages one is on. */
export function useStartExport(): StartExport {
  const queryClient = useQueryClient();
  const event = useEvent();
  const types = useTypes();
  const folder = useStored(exportFolder, [], null);
  return {
    folder,
    async start(draft, where = 'ask') {
      const { source, batches } = draft;
      const isOpen = where === 'ask' && folder != null && (await mayWrite(folder));
      const plan = planOf(draft, isOpen);
      const destination: ExportDestination | null = isOpen
        ? { kind: 'folder', handle: folder }
        : where === 'download'
          ? await downloadDestination()
          : await pickDestination({ folder: null, ...fileOf(plan) });
      if (destination === null) return null;
      return exportService.start({
        eventId: event.id,
        eventName: event.name,
        fractionDigits: minorDigits(event.currency),
        timeZone: event.timeZone,
        locale: formatLocale(),
        event: eventFacts(event, types),
        ...plan,
        images: await picturesFor(plan.files),
        destination,
        gather: () => gatherRecords({ queryClient, event, types, source, batches }),
      });
    },
  };
}

interface Plan {
  readonly files: readonly FileRequest[];
  readonly archiveName?: string;
}

/** @param hasFolder else it is to be one file: parts come in a ZIP then. */
function planOf(draft: ExportDraft | ArchiveDraft, hasFolder: boolean): Plan {
  if ('files' in draft) return { files: draft.files, archiveName: draft.archiveName };
  const { formatId, options, fileName, recordsPerFile } = draft;
  if (recordsPerFile === undefined) return { files: [{ formatId, options, fileName }] };
  const files = [{ formatId, options, fileName, recordsPerFile }];
  return hasFolder && recordsPerFile > 1 ? { files } : { files, archiveName: `${splitFileName(fileName).stem}.zip` };
}

function fileOf({ files: [file], archiveName }: Plan): { readonly fileName: string; readonly mimeType: string } {
  if (archiveName !== undefined) return { fileName: archiveName, mimeType: 'application/zip' };
  if (file === undefined) throw new TypeError('files: expected at least one');
  return { fileName: file.fileName, mimeType: fileTypeOf(EXPORT_FORMATS[file.formatId], file.options).mimeType };
}
