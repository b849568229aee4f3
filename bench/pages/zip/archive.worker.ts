import { expose } from 'comlink';
import { collectEarly } from '../../../workers/early-collection.ts';
import { expect } from '../../harness/scenario.ts';
import { holderOf } from '../records.ts';
import { ARCHIVE_WRITERS, type ArchiveFile, type ArchiveWriter } from './writers.ts';

const LEAST_BYTES = 500;
/** Of a ticket's own PDF, say. */
const MOST_BYTES = 6_000;

let writer: ArchiveWriter;
let files: readonly ArchiveFile[] = [];
let bytesWritten = 0;

function makeFiles(count: number): ArchiveFile[] {
  return Array.from({ length: count }, (_, index) => {
    const length = LEAST_BYTES + ((index * 7_919) % (MOST_BYTES - LEAST_BYTES));
    const holder = holderOf(index + 1).replaceAll(/[^\p{L} ]/gu, '');
    const name = `tickets/${String(index + 1).padStart(6, '0')} ${holder}.pdf`;
    return { name, content: crypto.getRandomValues(new Uint8Array(length)) };
  });
}

const api = {
  async prepare(name: string, count: number): Promise<void> {
    const chosen = ARCHIVE_WRITERS[name];
    if (chosen === undefined) throw new TypeError(`expected a known writer, received ${name}`);
    writer = chosen;
    files = makeFiles(count);
  },

  /** Writes all and drops the bytes. @returns how many. */
  async write(): Promise<number> {
    bytesWritten = 0;
    for await (const chunk of writer(files)) bytesWritten += chunk.length;
    return bytesWritten;
  },

  /** Writes the archive once more, reads it with fflate, and compares every file. */
  async check(): Promise<void> {
    const { unzipSync } = await import('fflate');
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of writer(files)) chunks.push(chunk.slice());
    const archive = new Uint8Array(await new Blob(chunks).arrayBuffer());
    expect(archive.length === bytesWritten, `${bytesWritten} bytes, then ${archive.length}`);
    const found = unzipSync(archive);
    expect(Object.keys(found).length === files.length, `${Object.keys(found).length} files were read back`);
    for (const { name, content } of files) {
      const read = found[name] ?? new Uint8Array();
      expect(indexedDB.cmp(read, content) === 0, `${name} was read back with ${read.length} bytes`);
    }
  },
};
export type ArchiveApi = typeof api;

// As the app's own worker does.
collectEarly();
expose(api);
