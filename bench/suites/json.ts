import { compareEncoders } from './encoding.ts';
import type { SuiteContext } from './suite.ts';

const ROWS = 1_000_000;

/** JSON and NDJSON from memory, beside the browser's own on each record. */
export async function jsonSuite({ pages, rows = ROWS, report }: SuiteContext): Promise<void> {
  const peers = { stringify: 'JSON.stringify per record' };
  const targets = { stringify: 1.0 };
  const kinds = { json: 'one document, with statistics', ndjson: 'a record a line' };
  for (const [format, name] of Object.entries(kinds))
    report(await compareEncoders(pages, { suite: 'json', format, name, rows, peers, targets }));
}
