import { test as base, expect, type Page } from '@playwright/test';
import { startTestServer, type TestServer } from './server.ts';

interface AppFixtures {
  /** Set it where a test breaks the line or the session: Chromium writes each request that failed into the console. */
  readonly breaksRequests: boolean;
  /** A page on which the administrator is signed in; fails the test on any error in its console. */
  readonly app: Page;
}
interface AppWorkerFixtures {
  /** The real server with the built application, shared by the tests of a file. */
  readonly server: TestServer;
}

/** A test of the built application over the real server. Whatever it does, the console must stay clean. */
export const test = base.extend<AppFixtures, AppWorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern.
    async ({}, use) => {
      const server = await startTestServer();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ server }, use) => use(server.url),
  breaksRequests: [false, { option: true }],
  page: async ({ page, breaksRequests }, use) => {
    const problems = await watchProblems(page, breaksRequests);
    await use(page);
    expect(problems, 'errors in the console').toEqual([]);
  },
  app: async ({ page, server }, use) => {
    await addSession(page, server);
    await use(page);
  },
});

/** What must not happen on a page: errors, warnings of React, violations of the content security policy. */
async function watchProblems(page: Page, breaksRequests: boolean): Promise<string[]> {
  const problems: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    const isFailedRequest = message.text().startsWith('Failed to load resource');
    const isExpected = isFailedRequest && breaksRequests;
    if (message.type() === 'error' && !isExpected) problems.push(`${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => problems.push(String(error.stack ?? error)));
  await page.exposeFunction('reportViolation', (violation: string) => problems.push(violation));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      (window as unknown as { reportViolation(text: string): void }).reportViolation(
        `${violatedDirective} forbids ${blockedURI} (${sourceFile}:${lineNumber})`,
      ),
    );
  });
  return problems;
}

export async function addSession(page: Page, server: TestServer): Promise<void> {
  const cookies = (await server.cookie()).split('; ').map((cookie) => {
    const separator = cookie.indexOf('=');
    return { name: cookie.slice(0, separator), value: cookie.slice(separator + 1), url: server.url };
  });
  await page.context().addCookies(cookies);
}

export { expect };
