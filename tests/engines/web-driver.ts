import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import { type EnginePage, FIND_MS, firstSteady, SEE_MS } from './engine.ts';

/** The key under which an element’s reference stands (W3C WebDriver §12). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const SCRIPT_MS = 120_000;
const START_MS = 15_000;

/**
 * Waits until a driver listens, and has it start its browser: as much of classic WebDriver, which is JSON over HTTP, as
 * the walk takes.
 * @param driver its address.
 */
export async function openSession(driver: string, capabilities: Record<string, unknown>): Promise<EnginePage> {
  await untilReady(driver);
  const { sessionId, capabilities: given } = (await send(driver, 'POST', '/session', {
    // A page with a run under way asks whether it may be left.
    capabilities: { alwaysMatch: { ...capabilities, unhandledPromptBehavior: 'accept' } },
  })) as { sessionId: string; capabilities: { browserName: string; browserVersion: string } };
  const call = (method: string, path: string, body?: unknown) =>
    send(driver, method, `/session/${sessionId}${path}`, body);
  await call('POST', '/timeouts', { script: SCRIPT_MS });
  const run: EnginePage['run'] = async (task, ...args) => {
    const answer = await call('POST', '/execute/async', { script: scriptOf(task), args });
    const { value, error } = answer as { value: never; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  };
  /** @returns the path of the element that was found. */
  const find = (xpath: string, timeout = FIND_MS) =>
    vi.waitFor(
      async () => {
        const element: unknown = await run(firstSteady, xpath);
        if (element === null) throw new Error(`not there: ${xpath}`);
        return `/element/${(element as Record<string, string>)[ELEMENT]}`;
      },
      { timeout, interval: 50 },
    );
  return {
    version: `${given.browserName}/${given.browserVersion}`,
    async goto(url) {
      await call('POST', '/url', { url });
    },
    run,
    async see(xpath) {
      await find(xpath, SEE_MS);
    },
    async click(xpath) {
      await call('POST', `${await find(xpath)}/click`, {});
    },
    async type(xpath, text) {
      const field = await find(xpath);
      await call('POST', `${field}/clear`, {});
      await call('POST', `${field}/value`, { text });
    },
    async close() {
      await call('DELETE', '');
    },
  };
}

function scriptOf(task: (...args: never[]) => unknown): string {
  return `
    const args = [...arguments], done = args.pop();
    Promise.resolve().then(() => (${task})(...args)).then(
      (value = null) => done({ value }),
      (error) => done({ error: String(error) + ' ' + error?.stack }),
    );`;
}

async function untilReady(driver: string): Promise<void> {
  for (const startedAt = Date.now(); ; await sleep(50))
    try {
      await send(driver, 'GET', '/status');
      return;
    } catch (error) {
      if (Date.now() - startedAt > START_MS) throw error;
    }
}

async function send(driver: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(driver + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`WebDriver ${method} ${path}: ${JSON.stringify(value)}`);
  return value;
}
