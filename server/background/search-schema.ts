import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Raised with every change below: an index of another format is made anew. */
const FORMAT = 1;

/**
 * - `batch` gives every batch a small number; a ticket's id is that number × 2³² + serial.
 * - `code` finds tickets by the 60 bits of their short code.
 * - `words` finds them by the words of name, e-mail, reference and seat; it keeps no text of its own. Its tokenizer
 *   counts combining marks as letters, without which scripts such as Devanagari fall apart.
 * - `progress` says how far the chunks and corrections of the main database are taken in.
 */
const SCHEMA = `
CREATE TABLE batch (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, event_id TEXT NOT NULL) STRICT;
CREATE TABLE code (code INTEGER NOT NULL, ticket INTEGER NOT NULL, PRIMARY KEY (code, ticket)) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
  text, content = '', contentless_delete = 1, detail = none,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
CREATE TABLE progress (chunk_id INTEGER NOT NULL, chunk_sha256 BLOB, correction_id INTEGER NOT NULL) STRICT;
INSERT INTO progress VALUES (0, NULL, 0);
PRAGMA user_version = ${FORMAT};
`;

/**
 * Opens the search index; makes it anew when asked, or when it is missing, damaged, of another format, or derived from
 * another database than `main`.
 */
export function openSearchIndex(file: string, main: DatabaseSync, rebuild: boolean): DatabaseSync {
  if (!rebuild) {
    const existing = openExisting(file, main);
    if (existing !== undefined) return existing;
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const index = openFile(file);
  index.exec(`BEGIN; ${SCHEMA} COMMIT;`);
  return index;
}

function openExisting(file: string, main: DatabaseSync): DatabaseSync | undefined {
  let index: DatabaseSync | undefined;
  try {
    index = openFile(file);
    if (isOfThisFormat(index) && isDerivedFrom(index, main)) return index;
  } catch {
    // A damaged index is made anew, like any other that does not fit.
  }
  index?.close();
  return undefined;
}

function isOfThisFormat(index: DatabaseSync): boolean {
  return (
    index.prepare('PRAGMA user_version').get()?.user_version === FORMAT &&
    index.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok'
  );
}

function openFile(file: string): DatabaseSync {
  const index = new DatabaseSync(file);
  // No flush of its own slows the store's on the same disk. What a power cut damages is found at the next start.
  index.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000');
  return index;
}

/** Whether the last chunk taken in is there still: it is not after a restore of an older copy. */
function isDerivedFrom(index: DatabaseSync, main: DatabaseSync): boolean {
  const progress = index.prepare('SELECT chunk_id, chunk_sha256 FROM progress').get();
  if (progress === undefined) return false;
  if (progress.chunk_id === 0) return true;
  const chunk = main.prepare('SELECT content_sha256 FROM chunk WHERE id = ?').get(progress.chunk_id as number);
  return Buffer.compare(chunk?.content_sha256 as Uint8Array, progress.chunk_sha256 as Uint8Array) === 0;
}
