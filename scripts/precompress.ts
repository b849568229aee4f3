import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** What shrinks, and how hard Brotli tries (0 to 11): 10 takes 2 s for all code, and as many for one large font. */
const QUALITIES: Readonly<Record<string, number>> = {
  '.js': 10,
  '.css': 10,
  '.html': 10,
  '.svg': 10,
  '.json': 10,
  '.webmanifest': 10,
  '.wasm': 9,
  '.ttf': 5,
};
/** Below it, headers weigh as much as is saved. */
const MIN_BYTES = 1_024;

/** Lays a Brotli and a gzip form beside every file of the build that shrinks; the server sends the one that is understood. */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    closeBundle: {
      // After the service worker was written.
      order: 'post',
      sequential: true,
      async handler() {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
        await Promise.all(files.map(compressFile));
      },
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const quality = QUALITIES[extname(file)];
  if (quality === undefined) return;
  const bytes = await readFile(file);
  if (bytes.length < MIN_BYTES) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await Promise.all([
    toBrotli(bytes, { params }).then((compressed) => writeFile(`${file}.br`, compressed)),
    toGzip(bytes, { level: constants.Z_BEST_COMPRESSION }).then((compressed) => writeFile(`${file}.gz`, compressed)),
  ]);
}
