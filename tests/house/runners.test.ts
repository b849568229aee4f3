import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const TESTS = fileURLToPath(new URL('..', import.meta.url));

/** Where `vitest.config.ts` and `playwright.config.ts` look. */
const RUN = /^((core|server|house|workers|src|engines|faults)\/.*\.test\.tsx?|browser\/.*\.spec\.ts)$/;

test('no test file lies where no runner looks', () => {
  const testFiles = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(test|spec)\.[a-z]+$/.test(path),
  );
  expect(testFiles.length).toBeGreaterThan(10);
  expect(testFiles.filter((path) => !RUN.test(path))).toEqual([]);
});
