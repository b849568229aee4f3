import { describe, expect, test } from 'vitest';
import { plantTree } from './planted-tree.ts';

/** What each runtime does not have, and imports that leave its project. */
const REFUSED: readonly (readonly [project: string, source: string, code: string])[] = [
  ['core', 'export const a = document.title;', 'TS2584'],
  ['core', 'export const a = process.pid;', 'TS2591'],
  ['core', "import { x } from '../server/x.ts';\nexport const a = x;", 'TS6307'],
  ['workers', 'export const a = document.title;', 'TS2584'],
  ['workers', "import { x } from '../server/x.ts';\nexport const a = x;", 'TS6307'],
  ['server', 'export const a = document.title;', 'TS2584'],
  ['server', 'export const a: IDBFactory = indexedDB;', 'TS2304'],
  ['src/database', 'export const a = document.title;', 'TS2584'],
  ['src/service-worker', 'export const a = document.title;', 'TS2584'],
  ['src', 'export const a = process.pid;', 'TS2591'],
];

const PROJECTS = ['core', 'src/database', 'src/service-worker', 'workers', 'src', 'server'];

describe('the type checker', () => {
  test.each(REFUSED)('refuses in %s: %s', async (project, source, code) => {
    using tree = plantTree(['tsconfig.base.json', ...PROJECTS.map((folder) => `${folder}/tsconfig.json`)], {
      'server/x.ts': 'export const x = 1;\n',
      [`${project}/planted.ts`]: `${source}\n`,
    });
    const { stdout, code: exitCode } = await tree.run('tsc', '-p', project, '--pretty', 'false');
    expect(stdout).toContain(`${project}/planted.ts`);
    expect(stdout).toContain(code);
    expect(exitCode).not.toBe(0);
  });
});
