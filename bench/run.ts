import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromiumVersion, ensureChromium } from '../scripts/browser.ts';
import type { CaseResult } from './harness/compare.ts';
import { buildPages } from './harness/page-server.ts';
import { printCase, printTargets, toJson } from './harness/report.ts';
import { appSuite } from './suites/app.ts';
import { csvSuite } from './suites/csv.ts';
import { gateSuite } from './suites/gate.ts';
import { ingestSuite } from './suites/ingest.ts';
import { jsonSuite } from './suites/json.ts';
import { mintSuite } from './suites/mint.ts';
import { pdfSuite } from './suites/pdf.ts';
import type { Suite } from './suites/suite.ts';
import { xlsxSuite } from './suites/xlsx.ts';
import { xmlSuite } from './suites/xml.ts';
import { zipSuite } from './suites/zip.ts';

/** `npm run bench -- [suite…] [--rows N] [--json FILE]`: ours and the peers side by side, each result checked. */

const SUITES = {
  app: appSuite,
  mint: mintSuite,
  ingest: ingestSuite,
  csv: csvSuite,
  json: jsonSuite,
  xlsx: xlsxSuite,
  xml: xmlSuite,
  pdf: pdfSuite,
  zip: zipSuite,
  gate: gateSuite,
} satisfies Record<string, Suite>;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string' }, json: { type: 'string' } },
});

function chosenSuites(): Suite[] {
  const names = positionals.length === 0 ? Object.keys(SUITES) : positionals;
  return names.map((name) => {
    if (!Object.hasOwn(SUITES, name))
      throw new TypeError(`expected a suite of ${Object.keys(SUITES).join(', ')}, received ${name}`);
    return SUITES[name as keyof typeof SUITES];
  });
}

function chosenRows(): number | undefined {
  if (values.rows === undefined) return undefined;
  const rows = Number(values.rows.replaceAll(/[_,]/g, ''));
  if (!Number.isInteger(rows) || rows < 1)
    throw new TypeError(`--rows: expected a whole number, received ${values.rows}`);
  return rows;
}

const suites = chosenSuites();
const rows = chosenRows();
console.log(`Node ${process.version}, ${chromiumVersion(ensureChromium())}`);
const pages = await buildPages();
const results: CaseResult[] = [];
for (const suite of suites)
  await suite({
    pages,
    rows,
    report(result) {
      results.push(result);
      printCase(result);
      if (values.json !== undefined) writeFileSync(values.json, toJson(results));
    },
  });
printTargets(results);
