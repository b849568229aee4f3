import { describe, expect, test } from 'vitest';
import { type PlantedTree, plantTree } from './planted-tree.ts';

const SAID = "import { t } from '@lingui/core/macro';\nexport const hello = () => t`Good evening`;\n";

/** A catalog of one message. */
const catalog = (language: string, translation: string) =>
  `msgid ""\nmsgstr ""\n"Language: ${language}\\n"\n\nmsgid "Good evening"\nmsgstr "${translation}"\n`;

function planted(translations: { readonly hi: string; readonly ar: string }): PlantedTree {
  return plantTree(['lingui.config.ts', 'package.json'], {
    'src/app/hello.ts': SAID,
    'src/locales/en/shell.po': catalog('en', 'Good evening'),
    'src/locales/hi/shell.po': catalog('hi', translations.hi),
    'src/locales/ar/shell.po': catalog('ar', translations.ar),
  });
}

const missing = (tree: PlantedTree) => tree.run('lingui', 'check', 'missing', '--mode', 'catalog', '--workers', '1');

describe('the words of the interface', () => {
  test('pass when every language has them', async () => {
    using tree = planted({ hi: 'शुभ संध्या', ar: 'مساء الخير' });
    expect((await missing(tree)).code).toBe(0);
  });

  test('are refused when a language lacks one', async () => {
    using tree = planted({ hi: 'शुभ संध्या', ar: '' });
    const { code, stdout, stderr } = await missing(tree);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('1 missing translation');
  });

  test('are refused when the catalogs do not have them', async () => {
    using tree = plantTree(['lingui.config.ts', 'package.json'], { 'src/app/hello.ts': SAID });
    const { code } = await tree.run('lingui', 'check', 'sync', '--clean', '--workers', '1');
    expect(code).not.toBe(0);
  });
});
