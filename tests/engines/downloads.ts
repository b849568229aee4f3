import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';

/** What browsers call a file that is still coming. */
const UNFINISHED = /\.(part|crdownload|wkdownload|download|tmp)$/;

export interface Downloaded {
  readonly name: string;
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** The one new file that an act brings into the folder, once it is whole. */
export async function downloaded(folder: string, act: () => Promise<void>): Promise<Downloaded> {
  const before = new Set(await readdir(folder));
  await act();
  let lastSize = 0;
  const name = await vi.waitFor(
    async () => {
      const names = (await readdir(folder)).filter((one) => !before.has(one));
      const [found] = names;
      if (found === undefined || names.some((one) => UNFINISHED.test(one))) throw new Error(`a download: ${names}`);
      const { size } = await stat(join(folder, found));
      const isGrowing = size !== lastSize;
      lastSize = size;
      if (size === 0 || isGrowing) throw new Error(`a whole download: ${found}, ${size} bytes`);
      return found;
    },
    { timeout: 90_000, interval: 100 },
  );
  const path = join(folder, name);
  return { name, path, content: new Uint8Array(await readFile(path)) };
}
