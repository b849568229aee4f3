import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Readers of archives that we did not write; each may be missing on a machine. */
export interface ZipReader {
  readonly name: string;
  readonly isHere: boolean;
  /** Throws unless every entry has its checksum. @returns the entries' names and sizes, in the order of the directory. */
  list(path: string): { readonly name: string; readonly bytes: number }[];
}

const PYTHON = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    bad = archive.testzip()
    if bad is not None: sys.exit('bad checksum: ' + bad)
    print(json.dumps([{'name': info.filename, 'bytes': info.file_size} for info in archive.infolist()]))
`;

function output(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 27 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command}: ${stderr}${stdout}`);
  return stdout;
}

function isHere(command: string, version: string): boolean {
  return spawnSync(command, [version]).error === undefined;
}

export const zipReaders: readonly ZipReader[] = [
  {
    name: 'Python',
    isHere: isHere('python3', '--version'),
    list: (path) => JSON.parse(output('python3', ['-c', PYTHON, path])),
  },
  {
    name: 'Info-ZIP',
    isHere: isHere('unzip', '-v'),
    list(path) {
      output('unzip', ['-tqq', path]);
      const lines = output('unzip', ['-l', path]).split('\n').slice(3, -3);
      return lines.map((line) => {
        const [, bytes = '', name = ''] = /^\s*(\d+)\s+\S+\s+\S+\s{3}(.*)$/.exec(line) ?? [];
        return { name, bytes: Number(bytes) };
      });
    },
  },
];

/** Runs with the bytes as a file on disk, and removes it. */
export function withFile<Result>(bytes: Uint8Array, use: (path: string, folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    const path = join(folder, 'archive.zip');
    writeFileSync(path, bytes);
    return use(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
