import type { ExportDestination } from '../../core/export/job.ts';
import type { ExportManifest } from '../../core/export/manifest.ts';
import { recordNames } from '../../src/database/export-records.ts';
import { openFileSink } from './file-sink.ts';
import { createFreshFile, layManifest, removeEmpty, removeFiles, removeIfEmpty } from './folder.ts';
import { type ExportJob, write } from './stage.ts';

/**
 * Writes a job straight to the place that was picked, for browsers whose own files are full. A crash loses what is not
 * closed yet.
 */
export async function writeDirectly(
  destination: Extract<ExportDestination, { readonly handle: unknown }>,
  job: ExportJob,
): Promise<ExportManifest> {
  if (destination.kind === 'file') {
    const { handle } = destination;
    const sink = await openFileSink(handle, () => removeIfEmpty(handle));
    return write(job, { openSink: async () => ({ sink, fileName: handle.name }) });
  }
  const { handle: folder } = destination;
  const names: string[] = [];
  try {
    const manifest = await write(job, {
      async openSink(fileName) {
        const handle = await createFreshFile(folder, fileName, async (name) => {
          names.push(name);
          await recordNames(job.request.id, names);
        });
        const { name } = handle;
        return { fileName: name, sink: await openFileSink(handle, () => removeEmpty(folder, [name])) };
      },
    });
    await layManifest(folder, manifest, names);
    return manifest;
  } catch (error) {
    await removeFiles(folder, names);
    throw error;
  }
}
