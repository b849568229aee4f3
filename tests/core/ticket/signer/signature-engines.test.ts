import { existsSync, readFileSync } from 'node:fs';
import { describeSignatureEngines } from '../../../suites/signature-engines.ts';

const VECTORS = new URL('../../../../../shared/data/wycheproof-ed25519.json', import.meta.url);

describeSignatureEngines({
  wycheproof: existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, 'utf8')) : undefined,
  runs: process.env.TICKETMINT_FULL ? 10_000 : 200,
});
