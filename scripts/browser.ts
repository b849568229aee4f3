import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

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
  if (isDebian() && process.getuid?.() === 0) {
    console.log('No Chromium here: installing it with apt-get.');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
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

/** Ubuntu's package of that name is a snap stub, which does not run in containers. */
function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed with exit code ${status}`);
}
