import ky from 'ky';
import { exportError } from '../../core/export/fault-error.ts';
import type { ExportAssets } from '../../core/export/format.ts';
import { FONT_URLS } from './font-urls.ts';
import { fontMissing } from './kept-fonts.ts';

/** The largest font is 10 MB. */
const FONT_TIMEOUT_MS = 120_000;

/**
 * Fonts from the app's own files, pictures from the request.
 * @param images by the names that the options give them.
 */
export function requestAssets(images: Readonly<Record<string, Blob>>): ExportAssets {
  return {
    async load(name) {
      try {
        return new Uint8Array(await ky.get(FONT_URLS[name], { timeout: FONT_TIMEOUT_MS }).arrayBuffer());
      } catch (error) {
        throw fontMissing(name, error);
      }
    },
    async loadImage(name) {
      const image = images[name];
      if (image === undefined) throw exportError({ code: 'background-missing' });
      return new Uint8Array(await image.arrayBuffer());
    },
  };
}
