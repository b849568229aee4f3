import { expect, test } from 'vitest';
import { plantTree } from './planted-tree.ts';

const PACKAGE = JSON.stringify({
  name: 'planted',
  type: 'module',
  dependencies: { zod: '*', dexie: '*' },
});

test('an unused export, file and dependency, and an undeclared one, are refused', async () => {
  using tree = plantTree(['knip.json'], {
    'package.json': PACKAGE,
    'scripts/planted.ts': "import { used } from '../core/part.ts';\nused();\n",
    'core/part.ts':
      "import { z } from 'zod';\nimport fc from 'fast-check';\nexport const used = () => [z, fc];\nexport const unusedExport = 1;\n",
    'core/unused-file.ts': 'export const a = 1;\n',
  });
  const { stdout, code } = await tree.run('knip', '--no-progress', '--reporter=compact');
  expect(code).not.toBe(0);
  for (const name of ['unusedExport', 'core/unused-file.ts', 'dexie', 'fast-check']) expect(stdout).toContain(name);
  expect(stdout).not.toMatch(/\bused\b|zod/);
});
