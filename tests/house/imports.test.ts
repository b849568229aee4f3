import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlantedTree, plantTree } from './planted-tree.ts';

/** A planted file, the mistake in it, and the rule that refuses it. */
const REFUSED: readonly (readonly [path: string, source: string, rule: string])[] = [
  ['core/from-src.ts', "import { a } from '../src/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['core/from-workers.ts', "import { a } from '../workers/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['core/from-server.ts', "import { a } from '../server/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['core/from-tests.ts', "import { a } from '../tests/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['core/from-scripts.ts', "import { a } from '../scripts/x.ts'; export const b = a;", 'noRestrictedImports'],
  [
    'core/ticket/from-deep.ts',
    "import { a } from '../../src/database/x.ts'; export const b = a;",
    'noRestrictedImports',
  ],
  ['core/from-node.ts', "import { a } from 'node:fs'; export const b = a;", 'noRestrictedImports'],
  ['core/from-react.ts', "import { a } from 'react-dom/client'; export const b = a;", 'noRestrictedImports'],
  ['core/by-type.ts', "import type { A } from '../server/x.ts'; export type B = A;", 'noRestrictedImports'],
  ['core/dynamic.ts', "export const b = import('../workers/x.ts');", 'noRestrictedImports'],
  ['core/re-export.ts', "export { a } from '../server/x.ts';", 'noRestrictedImports'],
  ['core/dom.ts', 'export const title = () => document.title;', 'noRestrictedGlobals'],
  ['core/network.ts', "export const get = () => fetch('/');", 'noRestrictedGlobals'],
  ['workers/from-features.ts', "import { a } from '../src/features/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['workers/from-src.ts', "import { a } from '../src/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['workers/from-server.ts', "import { a } from '../server/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['workers/from-node.ts', "import { a } from 'node:fs'; export const b = a;", 'noRestrictedImports'],
  ['src/from-server.ts', "import { a } from '../server/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['src/features/x/deep.tsx', "import { a } from '../../../server/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['src/from-worker.ts', "import { a } from '../workers/mint.worker.ts'; export const b = a;", 'noRestrictedImports'],
  ['src/from-node.ts', "import { a } from 'node:fs'; export const b = a;", 'noRestrictedImports'],
  ['src/database/from-src.ts', "import { a } from '../api/x.ts'; export const b = a;", 'noRestrictedImports'],
  [
    'src/database/from-workers.ts',
    "import { a } from '../../workers/x.ts'; export const b = a;",
    'noRestrictedImports',
  ],
  ['server/from-src.ts', "import { a } from '../src/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['server/from-database.ts', "import { a } from '../src/database/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['server/from-workers.ts', "import { a } from '../workers/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['server/from-tests.ts', "import { a } from '../tests/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['server/from-bench.ts', "import { a } from '../bench/x.ts'; export const b = a;", 'noRestrictedImports'],
  ['core/cycle-a.ts', "import { b } from './cycle-b.ts'; export const a = () => b();", 'noImportCycles'],
  ['core/cycle-b.ts', "import { a } from './cycle-a.ts'; export const b = () => a();", 'noImportCycles'],
  ['server/floating.ts', 'async function f() { await 1; }\nf();', 'noFloatingPromises'],
  [
    'server/misused.ts',
    'async function f() { return true; }\nexport const g = () => { if (f()) return 1; return 2; };',
    'noMisusedPromises',
  ],
  ['server/console.ts', "console.log('x');", 'noConsole'],
  ['core/ignored.ts', '// @ts-ignore\nexport const a: number = 1;', 'noTsIgnore'],
  ['core/any.ts', 'export const a = (b: any) => b;', 'noExplicitAny'],
  ['core/default.ts', 'export default 1;', 'noDefaultExport'],
  ['core/PascalCase.ts', 'export const a = 1;', 'useFilenamingConvention'],
];

const ALLOWED: readonly (readonly [path: string, source: string])[] = [
  ['core/ok.ts', "import { z } from 'zod'; import { a } from './ticket/x.ts'; export const b = [z, a];"],
  [
    'workers/ok.ts',
    "import { a } from '../core/x.ts'; import { c } from '../src/database/x.ts'; export const b = [a, c];",
  ],
  [
    'src/ok.tsx',
    "import { a } from '../core/x.ts'; import { c } from '../workers/bridge.ts'; export const b = [a, c];",
  ],
  ['src/features/x/ok.ts', "import { a } from '../../database/x.ts'; export const b = a;"],
  ['src/database/ok.ts', "import { a } from '../../core/x.ts'; import { b } from './x.ts'; export const c = [a, b];"],
  ['server/ok.ts', "import { a } from '../core/x.ts'; import { b } from 'node:fs'; export const c = [a, b];"],
];

interface Diagnostic {
  readonly category: string;
  readonly severity: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

describe('the linter', () => {
  let tree: PlantedTree;
  let code: number;
  let diagnostics: { path: string; rule: string; severity: string }[];

  beforeAll(async () => {
    const planted = [...REFUSED, ...ALLOWED].map(([path, source]) => [path, `${source}\n`] as const);
    tree = plantTree(['biome.json', '.gitignore'], Object.fromEntries(planted));
    const result = await tree.run('biome', 'lint', '--reporter=json', '--max-diagnostics=none');
    code = result.code;
    const report = JSON.parse(result.stdout) as { diagnostics: Diagnostic[] };
    diagnostics = report.diagnostics.map(({ category, severity, location: { path } }) => ({
      path: typeof path === 'string' ? path : path.file,
      rule: category.split('/').at(-1) ?? '',
      severity,
    }));
  });
  afterAll(() => tree[Symbol.dispose]());

  test('fails', () => {
    expect(code).not.toBe(0);
  });

  test.each(REFUSED)('refuses %s: %s', (path, _source, rule) => {
    expect(diagnostics).toContainEqual({ path, rule, severity: 'error' });
  });

  test.each(ALLOWED)('allows %s: %s', (path) => {
    expect(diagnostics.filter((diagnostic) => diagnostic.path === path)).toEqual([]);
  });
});
