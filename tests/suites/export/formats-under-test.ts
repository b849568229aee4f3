import type { ExportAssets } from '../../../core/export/format.ts';
import type { FormatId } from '../../../core/export/registry.ts';
import { csvUnderTest } from './csv-under-test.ts';
import type { FormatUnderTest } from './format-contract.ts';
import { jsonUnderTest, ndjsonUnderTest } from './json-under-test.ts';
import { reportPdfUnderTest } from './report-pdf-under-test.ts';
import { ticketsPdfUnderTest } from './tickets-pdf-under-test.ts';
import { xlsxUnderTest } from './xlsx-under-test.ts';
import { xmlUnderTest } from './xml-under-test.ts';

/** Every format of the registry, to be put to the contract on every host. @param assets of the host. */
export function formatsUnderTest(assets: ExportAssets): Readonly<Record<FormatId, FormatUnderTest>> {
  return {
    csv: csvUnderTest,
    json: jsonUnderTest,
    ndjson: ndjsonUnderTest,
    xml: xmlUnderTest,
    xlsx: xlsxUnderTest,
    'tickets-pdf': ticketsPdfUnderTest(assets),
    'report-pdf': reportPdfUnderTest(assets),
  };
}
