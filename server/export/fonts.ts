import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FontName } from '../../core/fonts/catalog.ts';
import type { FontProvider } from '../../core/fonts/font-provider.ts';

const PACKAGES = '@expo-google-fonts';

/** Reads our fonts from their packages. */
export const diskFonts: FontProvider = {
  async load(name) {
    const file = await readFile(fileURLToPath(import.meta.resolve(pathOf(name))));
    return new Uint8Array(file.buffer, file.byteOffset, file.byteLength) as Uint8Array<ArrayBuffer>;
  },
};

/** `NotoSansTamil-Regular` lies in `noto-sans-tamil/400Regular/NotoSansTamil_400Regular.ttf`. */
function pathOf(name: FontName): string {
  const [family = '', weight = ''] = name.split('-');
  const folder = family.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  const style = weight === 'Bold' ? '700Bold' : '400Regular';
  return `${PACKAGES}/${folder}/${style}/${family}_${style}.ttf`;
}
