import { spawnSync } from 'node:child_process';
import { canInstallPackages, installPackages } from './packages.ts';

/** A program of each package that the tests of PDF files read them with. */
const PROGRAMS = { 'poppler-utils': 'pdftotext', qpdf: 'qpdf' } as const;

/** Installs what is missing where it may; elsewhere it says which tests are skipped. */
export function ensurePdfTools(): void {
  const missing = Object.entries(PROGRAMS)
    .filter(([, program]) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined)
    .map(([name]) => name);
  if (missing.length === 0) return;
  const names = missing.join(', ');
  const skipped = 'Tests that read PDF files with them are skipped.';
  if (!canInstallPackages()) {
    console.log(`Not here: ${names}. ${skipped}`);
    return;
  }
  console.log(`Not here: ${names}. Installing with apt-get.`);
  try {
    installPackages(...missing);
  } catch (error) {
    console.log(`They could not be installed: ${String(error)}. ${skipped}`);
  }
}
