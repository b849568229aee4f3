import { describe } from 'vitest';
import { testFormatContract } from '../../../suites/export/format-contract.ts';
import { reportPdfUnderTest } from '../../../suites/export/report-pdf-under-test.ts';
import { diskAssets } from '../../../support/disk-assets.ts';

describe('report PDF', () => {
  testFormatContract(reportPdfUnderTest(diskAssets()));
});
