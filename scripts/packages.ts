import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Whether Debian's packages can be installed here: it is Debian, and we are root. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/os-release') && /^ID=debian$/m.test(osRelease());
}

function osRelease(): string {
  return readFileSync('/etc/os-release', 'utf8');
}

/** Installs Debian packages. Throws when that fails. */
export function installPackages(...names: readonly string[]): void {
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names]);
}

/** Runs a program that asks nothing. Throws when it fails. */
export function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed with exit code ${status}`);
}
