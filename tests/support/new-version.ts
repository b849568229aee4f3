import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE_ENTRY = /"revision":"\w+","url":"index.html"/;

/**
 * Makes a newer version out of a built application, as a deployment does: other names for the entry and for the settings
 * page, which is loaded when it is opened. The old version's files of these names are gone.
 * @param folder a copy of the built application; it is changed.
 */
export function deployNewVersion(folder: string): void {
  // The compressed forms beside the files are those of the old version; the server does without.
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/\.(?:br|gz)$/.test(name)) rmSync(join(folder, name));
  const assets = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
  const entry = /\/assets\/(index-[\w-]{8})\.js/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
  const lazy = assets.find((name) => name.startsWith('settings-page-'))?.slice(0, -'.js'.length);
  if (entry === undefined || lazy === undefined) throw new Error('expected an entry and a settings page in the build');
  const rename = (text: string) =>
    [entry, lazy].reduce((so, name) => so.replaceAll(name, name.replace(/.{8}$/, 'Version2')), text);
  for (const name of ['index.html', 'sw.js', ...assets.map((asset) => join('assets', asset))]) {
    const text = rename(readFileSync(join(folder, name), 'utf8'));
    writeFileSync(join(folder, name), text.replace(PAGE_ENTRY, `"revision":"version-2","url":"index.html"`));
    renameSync(join(folder, name), join(folder, rename(name)));
  }
}
