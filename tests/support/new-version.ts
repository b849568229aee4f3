import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the name of the font begins that the newer version has changed. */
export const CHANGED_FONT = 'NotoSansThai_400Regular-';

const PAGE_ENTRY = /"revision":"\w+","url":"index.html"/;

/**
 * Makes a newer version out of a built application, as a deployment does: other names for the entry, for the settings
 * page, which is loaded when it is opened, and for a font that exports keep. The old version's files of these names are gone.
 * @param folder a copy of the built application; it is changed.
 */
export function deployNewVersion(folder: string): void {
  // The compressed forms beside the files are those of the old version; the server does without.
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/\.(?:br|gz)$/.test(name)) rmSync(join(folder, name));
  const all = readdirSync(join(folder, 'assets'));
  const assets = all.filter((name) => name.endsWith('.js'));
  const entry = /\/assets\/(index-[\w-]{8})\.js/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
  const lazy = assets.find((name) => name.startsWith('settings-page-'))?.slice(0, -'.js'.length);
  const font = all.find((name) => name.startsWith(CHANGED_FONT))?.slice(0, -'.ttf'.length);
  if (entry === undefined || lazy === undefined || font === undefined)
    throw new Error('expected an entry, a settings page and a font in the build');
  const rename = (text: string) =>
    [entry, lazy, font].reduce((so, name) => so.replaceAll(name, name.replace(/.{8}$/, 'Version2')), text);
  renameSync(join(folder, 'assets', `${font}.ttf`), join(folder, 'assets', rename(`${font}.ttf`)));
  for (const name of ['index.html', 'sw.js', ...assets.map((asset) => join('assets', asset))]) {
    const text = rename(readFileSync(join(folder, name), 'utf8'));
    writeFileSync(join(folder, name), text.replace(PAGE_ENTRY, `"revision":"version-2","url":"index.html"`));
    renameSync(join(folder, name), join(folder, rename(name)));
  }
}
