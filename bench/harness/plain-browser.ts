import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromiumLaunchOptions, ensureChromium } from '../../scripts/browser.ts';

/** As Playwright has them: a page that nobody sees must not be slowed down. */
const FLAGS = [
  '--headless',
  '--remote-debugging-port=0',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];
const START_MS = 30_000;
const POLL_MS = 50;

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly url: string;
}

/**
 * Chromium with one page, driven by the few DevTools commands a measurement needs. Not by Playwright: it watches the
 * network of each page and worker, and Chromium then keeps every body that was sent or received in the renderer, which
 * would count as ours.
 */
export class PlainBrowser {
  readonly #process: ChildProcess;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<CommandResult>>();
  #lastId = 0;

  private constructor(process: ChildProcess, socket: WebSocket) {
    this.#process = process;
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Message));
    socket.addEventListener('close', () => this.#fail(new Error('the browser or its page ended')));
  }

  /** @param profile a folder of its own, on disk. */
  static async launch(profile: string): Promise<PlainBrowser> {
    // Of a visit before: another program may have that port by now.
    rmSync(portFileOf(profile), { force: true });
    const args = [...FLAGS, ...chromiumLaunchOptions().args, `--user-data-dir=${profile}`, 'about:blank'];
    const process = spawn(ensureChromium(), args, { stdio: 'ignore' });
    try {
      const socket = new WebSocket(await pageSocketUrl(profile));
      await once(socket, 'open');
      const browser = new PlainBrowser(process, socket);
      // Tells of crashes.
      await browser.#send('Inspector.enable', {});
      return browser;
    } catch (error) {
      process.kill('SIGKILL');
      throw error;
    }
  }

  async setCookies(cookies: readonly Cookie[]): Promise<void> {
    for (const { name, value, url } of cookies) await this.#send('Network.setCookie', { name, value, url });
  }

  async open(url: string): Promise<void> {
    await this.#send('Page.navigate', { url });
  }

  /** Slows the page's main thread down, as on a device that is so many times slower; its workers run as they do. */
  async throttleCpu(rate: number): Promise<void> {
    await this.#send('Emulation.setCPUThrottlingRate', { rate });
  }

  /** Runs in every page that is opened from now on, before anything of the page's own. */
  async runFirst(source: string): Promise<void> {
    await this.#send('Page.enable', {});
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { source });
  }

  /** The value of an expression, awaited where it is a promise. @throws what it threw. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', params);
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result?.value as Value;
  }

  async waitFor(expression: string): Promise<void> {
    for (const startedAt = Date.now(); !(await this.evaluate<boolean>(expression)); await sleep(POLL_MS))
      if (Date.now() - startedAt > START_MS) throw new Error(`expected within ${START_MS} ms: ${expression}`);
  }

  /** So that what is measured from now on holds no garbage of before. */
  async collectGarbage(): Promise<void> {
    await this.#send('HeapProfiler.collectGarbage', {});
  }

  async close(): Promise<void> {
    const exited = this.#process.exitCode === null ? once(this.#process, 'exit') : undefined;
    // The answer may never come: the browser is going.
    this.#send('Browser.close', {}).catch(() => {});
    const patience = sleep(START_MS, undefined, { ref: false });
    await Promise.race([exited, patience.then(() => this.#process.kill('SIGKILL'))]);
    await exited;
    this.#socket.close();
  }

  #send(method: string, params: Readonly<Record<string, unknown>>): Promise<CommandResult> {
    const id = ++this.#lastId;
    const waiting = Promise.withResolvers<CommandResult>();
    this.#waiting.set(id, waiting);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return waiting.promise;
  }

  #receive({ id, method, result, error }: Message): void {
    if (method === 'Inspector.targetCrashed') this.#fail(new Error('the page crashed'));
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result ?? {});
    else waiting?.reject(new Error(error.message));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

interface CommandResult {
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

interface Message {
  readonly id?: number;
  /** Of an event. */
  readonly method?: string;
  readonly result?: CommandResult;
  readonly error?: { readonly message: string };
}

/** Where Chromium writes the port that it chose. */
function portFileOf(profile: string): string {
  return join(profile, 'DevToolsActivePort');
}

async function pageSocketUrl(profile: string): Promise<string> {
  const portFile = portFileOf(profile);
  for (const startedAt = Date.now(); Date.now() - startedAt < START_MS; await sleep(POLL_MS)) {
    const port = existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n')[0] : undefined;
    if (!port) continue;
    const targets = (await fetch(`http://127.0.0.1:${port}/json/list`)
      .then((answer) => answer.json())
      // It listens a moment after it has written the port.
      .catch(() => [])) as { type: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ type }) => type === 'page');
    if (page !== undefined) return page.webSocketDebuggerUrl;
  }
  throw new Error(`expected Chromium within ${START_MS} ms`);
}
