import { type ChildProcess, spawn } from 'node:child_process';

/**
 * `npm run dev`: the backend, restarted when its files change, and Vite with hot reload in front of it, which passes
 * /api on. Ctrl-C stops both; when one of them ends, so does the other.
 */

const BACKEND_PORT = process.env.TICKETMINT_DEV_BACKEND_PORT ?? '8787';
const PAGE = 'http://localhost:5173';

const children: readonly ChildProcess[] = [
  start('node', ['--watch', '--watch-preserve-output', 'server/main.ts'], {
    HOST: '127.0.0.1',
    PORT: BACKEND_PORT,
    PUBLIC_URL: PAGE,
  }),
  start('vite', [], { TICKETMINT_DEV_BACKEND_PORT: BACKEND_PORT }),
];

for (const child of children) {
  child.once('error', stop);
  child.once('exit', stop);
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

function start(command: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  return spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
}

function stop(reason?: unknown): void {
  if (reason instanceof Error) {
    console.error(reason.message);
    process.exitCode = 1;
  }
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM');
}
