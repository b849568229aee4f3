import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tokenVectors } from '../../../scripts/make-token-vectors.ts';
import { describeTokenVectors, type TokenVectors } from '../../suites/token-vectors.ts';

const file = new URL('../../vectors/token-v1.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as TokenVectors;

describe('the vectors', () => {
  describeTokenVectors(vectors);

  test('are what scripts/make-token-vectors.ts writes', () => {
    expect(vectors).toEqual(tokenVectors());
  });
});
