import { t } from '@lingui/core/macro';
import type { ListFault } from '../../../core/attendees/list-fault.ts';
import { formatCount } from '../../utils/format.ts';

/** Why a list cannot be read, and what helps. @param found the line's number or the sheet's name. */
export function listFaultWords(fault: ListFault, found: unknown): string {
  switch (fault) {
    case 'file-empty':
      return t`The file is empty.`;
    case 'list-empty':
      return t`The list is empty.`;
    case 'list-long':
      return t`The list has more than ${{ count: formatCount(1_000_000) }} rows. Cut it into several lists.`;
    case 'list-changed':
      return t`The list gives other rows than when it was checked. Choose it again.`;
    case 'line-long':
      return t`Line ${{ line: formatCount(Number(found)) }} is too long: the file is no list.`;
    case 'no-text':
      return t`The file holds no text. Choose a CSV or XLSX file.`;
    case 'utf-32':
      return t`The file is in UTF-32. Save it as UTF-8 and choose it again.`;
    case 'old-excel':
      return t`This is an old Excel file (.xls). Save it as XLSX or CSV first.`;
    case 'no-workbook':
      return t`The file is no workbook that can be read. Save it as XLSX or CSV and choose it again.`;
    case 'workbook-damaged':
      return t`The workbook is cut off or damaged.`;
    case 'workbook-empty':
      return t`The workbook is empty.`;
    case 'workbook-large':
      return t`The workbook is larger than 20 MB. Save the sheet as CSV and choose that.`;
    case 'workbook-inflated':
      return t`The workbook is too large to read here. Save the sheet as CSV and choose that.`;
    case 'sheet-long':
      return t`The sheet “${{ name: String(found) }}” has more than ${{ count: formatCount(50_000) }} rows. Save it as CSV and choose that.`;
  }
}
