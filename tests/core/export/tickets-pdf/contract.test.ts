import { describe } from 'vitest';
import { testFormatContract } from '../../../suites/export/format-contract.ts';
import { ticketsPdfUnderTest } from '../../../suites/export/tickets-pdf-under-test.ts';
import { diskAssets } from '../../../support/disk-assets.ts';

describe('tickets PDF', () => {
  testFormatContract(ticketsPdfUnderTest(diskAssets()));
});
