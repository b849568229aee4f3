import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

const MIB_KIB = 1_024;

/**
 * Watches how much the browser's renderers grow, workers included. Linux only.
 * @returns what tells the peak of the one that grew most since now, in MiB.
 */
export async function watchRenderers(browser: Browser): Promise<() => number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  // The present size becomes the peak (proc_pid_clear_refs(5)).
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const bases = pids.map(peakKib);
  return () => Math.max(...pids.map((pid, index) => peakKib(pid) - (bases[index] ?? 0))) / MIB_KIB;
}

function peakKib(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
