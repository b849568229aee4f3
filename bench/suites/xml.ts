import { compareEncoders } from './encoding.ts';
import type { SuiteContext } from './suite.ts';

const ROWS = 100_000;

/** XML from memory. */
export async function xmlSuite({ pages, rows = ROWS, report }: SuiteContext): Promise<void> {
  const peers = { 'fast-xml-parser': 'fast-xml-parser in chunks' };
  const targets = { 'fast-xml-parser': 1.4 };
  const comparison = { suite: 'xml', format: 'xml', name: 'encoding from memory', rows, peers, targets };
  report(await compareEncoders(pages, comparison));
}
