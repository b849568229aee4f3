import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '../../../suites/export/csv-under-test.ts';

const PROGRAM = 'soffice';
/** Comma, double quote, UTF-8, from the first line; values as they are shown, formulae as what they give, every sheet. */
const CSV_FILTER = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1';

/** LibreOffice, where it is installed: it opens a workbook as a person's program does. */
export const hasLibreOffice = spawnSync(PROGRAM, ['--version']).status === 0;

/** The cells of a sheet as LibreOffice shows them, after it opened the workbook and calculated what there is to calculate. */
export function cellsInLibreOffice(file: Uint8Array, sheetName: string): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'xlsx-'));
  try {
    const path = join(folder, 'workbook.xlsx');
    writeFileSync(path, file);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const args = [profile, '--headless', '--convert-to', CSV_FILTER, '--outdir', folder, path];
    const { status, stderr } = spawnSync(PROGRAM, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`LibreOffice: ${stderr}`);
    return readCsv(new Uint8Array(readFileSync(join(folder, `workbook-${sheetName}.csv`))), ',', '\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
