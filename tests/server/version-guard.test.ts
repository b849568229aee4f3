import { expect, test } from 'vitest';
import { unsupportedRuntime } from '../../server/version-guard.ts';

test.each([
  ['24.21.0', '3.51.3'],
  ['24.21.1', '3.53.4'],
  ['26.0.0', '4.0.0'],
])('Node.js %s with SQLite %s may serve', (node, sqlite) => {
  expect(unsupportedRuntime({ node, sqlite })).toBeUndefined();
});

test.each([
  ['20.19.0', '3.53.0', 'Node.js 24.21.0'],
  ['24.20.9', '3.53.0', 'Node.js 24.21.0'],
  ['24.21.0', '3.51.2', 'SQLite 3.51.3'],
  ['24.21.0', '3.9.9', 'SQLite 3.51.3'],
  ['24.21.0', undefined, 'SQLite inside'],
])('Node.js %s with SQLite %s may not, and says what is needed (D7)', (node, sqlite, expected) => {
  expect(unsupportedRuntime(sqlite === undefined ? { node } : { node, sqlite })).toContain(expected);
});

test('this runtime may serve', () => {
  expect(unsupportedRuntime(process.versions)).toBeUndefined();
});
