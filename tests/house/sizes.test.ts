import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { plantTree } from './planted-tree.ts';

/** JavaScript that gzip cannot make smaller than `bytes`. */
const ballast = (bytes: number) => `export const x = '${randomBytes(bytes).toString('base64')}';\n`;

/** A build whose page loads `entry` and `shared`, and signing in `sign-in`. */
function build(sizes: { shared: number; signIn: number; later: number; worker: number }) {
  return plantTree(['package.json', 'size-limit.config.ts', 'scripts/budgets.ts'], {
    'dist/.vite/manifest.json': JSON.stringify({
      'index.html': { file: 'assets/index-1.js', isEntry: true },
      'src/features/session/sign-in-page.tsx': {
        file: 'assets/sign-in-page-1.js',
        src: 'src/features/session/sign-in-page.tsx',
        isDynamicEntry: true,
      },
      'src/features/mint/page.tsx': {
        file: 'assets/later-1.js',
        src: 'src/features/mint/page.tsx',
        isDynamicEntry: true,
      },
    }),
    'dist/assets/index-1.js': 'import{x}from"./shared-1.js";import("./later-1.js");console.log(x);\n',
    'dist/assets/shared-1.js': ballast(sizes.shared),
    'dist/assets/sign-in-page-1.js': ballast(sizes.signIn),
    'dist/assets/later-1.js': ballast(sizes.later),
    'dist/assets/mint.worker-1.js': ballast(sizes.worker),
    'workers/mint.worker.ts': 'export {};\n',
  });
}

async function failedBudgets(sizes: Parameters<typeof build>[0]): Promise<string[]> {
  using tree = build(sizes);
  const { stdout, code } = await tree.run('size-limit', '--config', 'size-limit.config.ts', '--json');
  const failed = (JSON.parse(stdout) as { name: string; passed: boolean }[]).filter(({ passed }) => !passed);
  expect(code === 0).toBe(failed.length === 0);
  return failed.map(({ name }) => name);
}

const SMALL = { shared: 1_000, signIn: 1_000, later: 1_000, worker: 1_000 };

describe('the size budgets', () => {
  test('pass a small build, and do not count what is loaded later', async () => {
    expect(await failedBudgets({ ...SMALL, later: 500_000 })).toEqual([]);
  });

  test('refuse a first screen that is too big with all it imports eagerly', async () => {
    expect(await failedBudgets({ ...SMALL, shared: 250_000 })).toEqual(['first screen']);
    expect(await failedBudgets({ ...SMALL, shared: 110_000, signIn: 110_000 })).toEqual(['first screen']);
  });

  test('refuse a worker over its limit', async () => {
    expect(await failedBudgets({ ...SMALL, worker: 100_000 })).toEqual(['mint.worker']);
  });

  test('refuse a worker without a stated limit', async () => {
    using tree = plantTree(['package.json', 'size-limit.config.ts', 'scripts/budgets.ts'], {
      'dist/.vite/manifest.json': '{}',
      'dist/assets/other.worker-1.js': '',
      'workers/other.worker.ts': 'export {};\n',
    });
    const { stderr, stdout, code } = await tree.run('size-limit', '--config', 'size-limit.config.ts');
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('other.worker: state its size limit');
  });
});
