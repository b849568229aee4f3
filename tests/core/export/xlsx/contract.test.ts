import { describe } from 'vitest';
import { testFormatContract } from '../../../suites/export/format-contract.ts';
import { xlsxUnderTest } from '../../../suites/export/xlsx-under-test.ts';

describe('XLSX', () => {
  testFormatContract(xlsxUnderTest);
});
