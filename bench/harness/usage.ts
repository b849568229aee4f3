import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const PAGE_KIB = 1_024;

interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The processes of one browser: the one started on this profile, and all that come from it. Linux only; else empty. */
function browserProcesses(profile: string): ProcessInfo[] {
  const all = runningProcesses();
  const root = all.find(
    ({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes('--type='),
  );
  return root === undefined ? [] : [root, ...descendantsOf(root.pid, all)];
}

function isRenderer({ command }: ProcessInfo): boolean {
  return command.includes('--type=renderer');
}

function runningProcesses(): ProcessInfo[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: statusField(Number(name), 'PPid') ?? 0, command }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

function descendantsOf(pid: number, all: readonly ProcessInfo[]): ProcessInfo[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...descendantsOf(child.pid, all)]);
}

function statusField(pid: number, field: string): number | undefined {
  const match = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return match === null ? undefined : Number(match[1]);
}

/** The highest resident size since the last {@link resetPeak}, in KiB; 0 for a process that ended. */
function peakKib(pid: number): number {
  try {
    return statusField(pid, 'VmHWM') ?? 0;
  } catch {
    return 0;
  }
}

/** Makes the present resident size the peak. @returns it, in KiB. */
function resetPeak(pid: number): number {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    return 0;
  }
  return peakKib(pid);
}

function toMb(kib: number): number {
  return kib / PAGE_KIB;
}

/** What the processes took: memory as peaks over the base, in MiB; processor time. */
export interface Usage {
  /** Of the renderer that grew most. */
  readonly rendererMb: number;
  /** Summed over the browser's processes; one that started meanwhile counts whole. */
  readonly browserMb: number;
  /** Of the server process, where there is one. */
  readonly serverMb: number | null;
  /** Over all threads of the browser and the server: says on a busy machine what seconds cannot. */
  readonly cpuSeconds: number;
}

/** Starts measuring; the base is the resident size now. */
export function startUsageWatch(profile: string, serverPid?: number): () => Usage {
  const bases = new Map(browserProcesses(profile).map(({ pid }) => [pid, resetPeak(pid)]));
  const serverBase = serverPid === undefined ? 0 : resetPeak(serverPid);
  const cpuSeconds = () => {
    const pids = [...browserProcesses(profile).map(({ pid }) => pid), ...(serverPid === undefined ? [] : [serverPid])];
    return pids.reduce((sum, pid) => sum + cpuTicks(pid), 0) / ticksPerSecond();
  };
  const cpuBase = cpuSeconds();
  return () => {
    const grown = browserProcesses(profile).map((info) => ({
      isRenderer: isRenderer(info),
      kib: Math.max(0, peakKib(info.pid) - (bases.get(info.pid) ?? 0)),
    }));
    return {
      rendererMb: toMb(Math.max(0, ...grown.filter(({ isRenderer }) => isRenderer).map(({ kib }) => kib))),
      browserMb: toMb(grown.reduce((sum, { kib }) => sum + kib, 0)),
      serverMb: serverPid === undefined ? null : toMb(peakKib(serverPid) - serverBase),
      cpuSeconds: cpuSeconds() - cpuBase,
    };
  };
}

let ticks: number | undefined;
function ticksPerSecond(): number {
  ticks ??= process.platform === 'linux' ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 1;
  return ticks;
}

/** Time in user and kernel mode since the process began; 0 for one that ended. */
function cpuTicks(pid: number): number {
  try {
    // The fields after the command, which may hold anything and stands in parentheses (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}
