import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { parseSettings } from '../../server/settings.ts';

test('.env.example gives the defaults', () => {
  const example = parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8'));
  expect(Object.keys(example)).toContain('TICKETMINT_DATA');
  expect(parseSettings(example)).toEqual(parseSettings({}));
});
