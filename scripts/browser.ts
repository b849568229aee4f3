import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { canInstallPackages, installPackages, run } from './packages.ts';

/** What Playwright, Vitest's browser provider and the benchmarks start Chromium with. */
export interface ChromiumLaunchOptions {
  headless: boolean;
  args: string[];
  executablePath?: string;
}

/** Quiet, reproducible, and able to run as root in a container. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Launch options for the machine's Chromium: `TICKETMINT_CHROMIUM`, the system's, or the one Playwright installed.
 * Where none is found the path is left out, and Playwright says how to install one.
 */
export function chromiumLaunchOptions(): ChromiumLaunchOptions {
  const executablePath = findChromium();
  return { headless: true, args: [...FLAGS], ...(executablePath === undefined ? {} : { executablePath }) };
}

/** The path of a Chromium on this machine, or `undefined`. */
export function findChromium(): string | undefined {
  const chosen = process.env.TICKETMINT_CHROMIUM;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`TICKETMINT_CHROMIUM: no such file: ${chosen}`);
    return chosen;
  }
  return ['/usr/bin/chromium', chromium.executablePath()].find((path) => path !== '' && existsSync(path));
}

/** Finds a Chromium or installs one, saying what it does. Throws when it cannot. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  // Ubuntu's package of that name is a snap stub, which does not run in containers.
  if (canInstallPackages()) {
    console.log('No Chromium here: installing it with apt-get.');
    installPackages('chromium');
  } else {
    console.log('No Chromium here: installing Playwright’s with "playwright install chromium".');
    run('npx', [
      'playwright',
      'install',
      '--no-shell',
      ...(process.getuid?.() === 0 ? ['--with-deps'] : []),
      'chromium',
    ]);
  }
  const installed = findChromium();
  if (installed === undefined)
    throw new Error('Chromium was installed but not found. Set TICKETMINT_CHROMIUM to its path.');
  return installed;
}

/** The version line of a Chromium, for logs and results. */
export function chromiumVersion(executablePath: string): string {
  return execFileSync(executablePath, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
