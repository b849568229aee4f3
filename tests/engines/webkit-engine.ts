import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { WebKit } from '../../scripts/engines.ts';
import type { EngineFolders, EnginePage } from './engine.ts';
import { openSession } from './web-driver.ts';

/**
 * Starts WebKitGTK’s own small browser behind its driver, on a display of its own that nobody sees.
 * @param features switched on besides those that are by default, comma-separated.
 */
export async function launchWebKit(
  { driver, browser, screen }: WebKit,
  features: string | undefined,
  folders: EngineFolders,
): Promise<EnginePage> {
  const started: ChildProcess[] = [];
  const end = async () => {
    for (const child of started.reverse()) await endProcess(child);
  };
  try {
    const { child, display } = await startScreen(screen);
    started.push(child);
    const port = await freePort();
    const env = await environmentOf(folders, display);
    started.push(spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' }));
    const args = ['--automation', ...(features === undefined ? [] : [`--features=${features}`])];
    const page = await openSession(`http://127.0.0.1:${port}`, {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: browser, args },
    });
    return {
      ...page,
      async close() {
        await page.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function startScreen(program: string): Promise<{ readonly child: ChildProcess; readonly display: string }> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(child.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, display: `:${number.toString().trim()}` };
}

/** All that the browser writes lies in the test's folders. */
async function environmentOf({ profile, downloads }: EngineFolders, display: string): Promise<NodeJS.ProcessEnv> {
  const settings = join(profile, '.config');
  await mkdir(settings, { recursive: true });
  await writeFile(join(settings, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  return {
    PATH: process.env.PATH,
    DISPLAY: display,
    HOME: profile,
    XDG_CONFIG_HOME: settings,
    GSETTINGS_BACKEND: 'memory',
    LIBGL_ALWAYS_SOFTWARE: '1',
    LANG: 'en_US.UTF-8',
    LANGUAGE: 'en_US',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
