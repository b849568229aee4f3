import { describe } from 'vitest';
import { describeTokenVectors } from '../../suites/token-vectors.ts';
import vectors from '../../vectors/token-v1.json' with { type: 'json' };

describe('the vectors, in a browser', () => describeTokenVectors(vectors));
