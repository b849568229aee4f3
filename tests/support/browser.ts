import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { chromiumLaunchOptions, findChromium } from '../../scripts/browser.ts';

/** A real Chromium over a profile on disk, in a process group of its own, so that all of it can be killed at once. */
export interface RealBrowser {
  /** The profile's own context; its storage is on disk. */
  readonly context: BrowserContext;
  readonly browser: Browser;
  /** SIGKILL to every process of it: nothing gets to flush, close or say goodbye. */
  kill(): Promise<void>;
}

/** A profile folder that outlives its browsers. */
export interface Profile {
  readonly folder: string;
  launch(): Promise<RealBrowser>;
  /** Kills what still runs on it and deletes it. */
  remove(): Promise<void>;
}

export function createProfile(): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'ticketmint-profile-'));
  let running: RealBrowser | undefined;
  return {
    folder,
    async launch() {
      running = await launchOn(folder);
      return running;
    },
    async remove() {
      await running?.kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

const START_TIMEOUT_MS = 30_000;

async function launchOn(folder: string): Promise<RealBrowser> {
  const executable = findChromium();
  if (executable === undefined) throw new Error('expected a Chromium on this machine');
  const portFile = join(folder, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const child = spawn(
    executable,
    [
      ...chromiumLaunchOptions().args,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      // A killed browser must not come back with an offer to restore its pages.
      '--hide-crash-restore-bubble',
      '--noerrdialogs',
      'about:blank',
    ],
    { detached: true, stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  const browser = await chromium.connectOverCDP(await endpoint(portFile, child));
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('expected the browser to have its default context');
  return {
    context,
    browser,
    async kill() {
      killGroup(child);
      await exited;
      await browser.close();
    },
  };
}

/** Chromium writes the port that it took and the path of its socket into its profile. */
async function endpoint(portFile: string, child: ChildProcess): Promise<string> {
  for (const startedAt = Date.now(); Date.now() - startedAt < START_TIMEOUT_MS; await sleep(20)) {
    if (child.exitCode !== null) throw new Error(`Chromium ended with exit code ${child.exitCode}`);
    const [port, path] = readLines(portFile);
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
  }
  killGroup(child);
  throw new Error(`Chromium said nothing for ${START_TIMEOUT_MS} ms`);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    // Not written yet.
    return [];
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has gone by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
