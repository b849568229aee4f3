import type { FontName } from './catalog.ts';

/** Where the bytes of fonts come from: the app's own files over HTTP, or the disk. */
export interface FontProvider {
  /**
   * The whole TrueType font. Asked for once a file, when the first text needs it.
   * @throws when it cannot be had: the file cannot be written then.
   */
  load(name: FontName): Promise<Uint8Array<ArrayBuffer>>;
}
