import type { ExportAssets } from '../../core/export/format.ts';
import { diskFonts } from '../../server/export/fonts.ts';

/** The fonts that the app has, and pictures by name. */
export function diskAssets(images: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {}): ExportAssets {
  return {
    load: diskFonts.load,
    async loadImage(name) {
      const image = images[name];
      if (image === undefined) throw new TypeError(`expected a picture ${name}`);
      return image;
    },
  };
}
