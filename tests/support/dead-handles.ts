import type { BrowserContext, Page } from '@playwright/test';

/**
 * A browser that loses its storage process, as WebKit does: from one moment on every call on the connections that are open
 * fails. Opening another works; where `isForGood` it dies as well.
 */
export interface HandleDeath {
  /** `closed`: no transaction can be made; `lost`: each request fails. */
  readonly manner: 'closed' | 'lost';
  /** The mint workers' connections, or those of the page and the uploader too. */
  readonly of: 'minters' | 'all';
  readonly isForGood: boolean;
}

const CHANNEL = 'test-dead-handles';

/** Puts the fault into every page and worker of the context that is opened from now on. */
export async function plantHandleDeath(context: BrowserContext): Promise<void> {
  const script = `(${installShim.toString()})(${JSON.stringify(CHANNEL)});`;
  await context.addInitScript(script);
  await context.route(/\/[a-z]+\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

export async function killHandles(page: Page, death: HandleDeath): Promise<void> {
  await page.evaluate(
    ({ channel, message }) => {
      const out = new BroadcastChannel(channel);
      out.postMessage(message);
      // A channel does not hear itself.
      dispatchEvent(new MessageEvent(channel, { data: message }));
      out.close();
    },
    { channel: CHANNEL, message: death },
  );
}

/** Runs in pages and workers, before anything opens a database; so it uses nothing of this module. */
function installShim(channel: string): void {
  let death: HandleDeath | undefined;
  const open = new Set<IDBDatabase>();
  const dead = new WeakSet<IDBDatabase>();
  const isMinter = (globalThis as { readonly name?: string }).name === 'mint';
  const onMessage = (event: Event) => {
    const { data } = event as MessageEvent<HandleDeath>;
    if (data.of === 'minters' && !isMinter) return;
    death = data;
    for (const database of open) dead.add(database);
    open.clear();
  };
  new BroadcastChannel(channel).onmessage = onMessage;
  globalThis.addEventListener(channel, onMessage);

  const isDead = (database: IDBDatabase) => {
    if (!dead.has(database)) (death?.isForGood ? dead : open).add(database);
    return dead.has(database);
  };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...args) {
    if (isDead(this) && death?.manner === 'closed')
      throw new DOMException('The database connection is closed.', 'InvalidStateError');
    return transaction.apply(this, args);
  };
  const lose = (of: object, name: string) => {
    const methods = of as Record<string, (...args: unknown[]) => unknown>;
    const method = methods[name];
    if (method === undefined) return;
    methods[name] = function (this: IDBObjectStore | IDBIndex, ...args) {
      const store = this instanceof IDBIndex ? this.objectStore : this;
      if (isDead(store.transaction.db))
        throw new DOMException(
          'Connection to Indexed Database server lost. Refresh the page to try again',
          'UnknownError',
        );
      return method.apply(this, args);
    };
  };
  for (const name of [
    'get',
    'getKey',
    'getAll',
    'getAllKeys',
    'count',
    'openCursor',
    'openKeyCursor',
    'put',
    'add',
    'delete',
    'clear',
  ])
    for (const of of [IDBObjectStore.prototype, IDBIndex.prototype]) lose(of, name);
}
