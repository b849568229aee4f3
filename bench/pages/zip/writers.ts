import { makeZip } from 'client-zip';
import { writeZip, type ZipEntry } from '../../../core/export/zip/zip.ts';

export interface ArchiveFile {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Stores files in an archive; gives the bytes away as they come. */
export type ArchiveWriter = (files: readonly ArchiveFile[]) => AsyncIterable<Uint8Array>;

const NOW = new Date(Date.UTC(2026, 10, 22, 9));

function* entriesOf(files: readonly ArchiveFile[]): Generator<ZipEntry> {
  for (const { name, content } of files) yield { name, content, method: 'store' };
}

function* inputsOf(files: readonly ArchiveFile[]) {
  for (const { name, content } of files) yield { name, input: content, lastModified: NOW };
}

/** Ours, with names made safe and unique, and what people use today. */
export const ARCHIVE_WRITERS: Readonly<Record<string, ArchiveWriter>> = {
  ours: (files) => writeZip(entriesOf(files), { now: NOW, timeZone: 'UTC' }),
  'client-zip': (files) => makeZip(inputsOf(files)),
};
