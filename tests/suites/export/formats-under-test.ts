import type { FormatId } from '../../../core/export/registry.ts';
import { csvUnderTest } from './csv-under-test.ts';
import type { FormatUnderTest } from './format-contract.ts';
import { jsonUnderTest, ndjsonUnderTest } from './json-under-test.ts';
import { xlsxUnderTest } from './xlsx-under-test.ts';
import { xmlUnderTest } from './xml-under-test.ts';

/** Every format that is put to the contract, on every host. */
export const FORMATS_UNDER_TEST = {
  csv: csvUnderTest,
  json: jsonUnderTest,
  ndjson: ndjsonUnderTest,
  xml: xmlUnderTest,
  xlsx: xlsxUnderTest,
} satisfies Partial<Record<FormatId, FormatUnderTest>>;

export type FormatIdUnderTest = keyof typeof FORMATS_UNDER_TEST;
export const FORMAT_IDS_UNDER_TEST = Object.keys(FORMATS_UNDER_TEST) as readonly FormatIdUnderTest[];
