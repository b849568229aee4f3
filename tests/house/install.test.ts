import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly optional?: boolean;
  readonly engines?: Readonly<Record<string, string>>;
}

/** `npm ci` may run under an older Node than the one it brings, and leaves out optional packages that ask for a newer one. */
test('no native binding is left out where an older Node installs', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
  const leftOut = Object.entries(packages).filter(
    ([, { optional, engines }]) => optional === true && /^>= ?2[2-9]/.test(engines?.node ?? ''),
  );
  expect(leftOut.map(([name]) => name)).toEqual([]);
});
