import { Workbox } from 'workbox-window';

/** `ready`: a new version is on this device, and comes with the next load. `switching`: that load was asked for. */
export type UpdateState = 'none' | 'ready' | 'switching';

const SCRIPT = '/sw.js';
const ASK_EVERY_MS = 3_600_000;
/** At the first visit: by then most pages stand. */
const FIRST_VISIT_MS = 2_000;
/** And at the latest, on a page that never rests. */
const REST_WITHIN_MS = 10_000;

/** The installed application and its versions. A page is never reloaded but by the person's tap in that page. */
class Updates {
  #state: UpdateState = 'none';
  #isBlocked = false;
  readonly #workbox = new Workbox(SCRIPT);
  readonly #listeners = new Set<() => void>();

  get state(): UpdateState {
    return this.#state;
  }

  /** Whether this browser does not let the application be kept on this device. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Installs the application on this device, and looks for new versions from time to time. */
  async register(): Promise<void> {
    this.#workbox.addEventListener('waiting', () => this.#become('ready'));
    this.#workbox.addEventListener('controlling', ({ isUpdate }) => {
      if (this.#state === 'switching') location.reload();
      // Another tab has switched; this one goes on with its own version until it is asked to. A page that nothing kept
      // before has the very version that is kept now, though a page before it may have begun to install it.
      else if (isUpdate === true) this.#become('ready');
    });
    try {
      if (navigator.serviceWorker?.controller === null) await untilRest();
      await this.#workbox.register();
      setInterval(() => void this.#look(), ASK_EVERY_MS);
    } catch (error) {
      // The page works all the same, but not without the server.
      this.#isBlocked = await isRefusal(error);
      this.#tell();
    }
  }

  /** Loads the page anew, with the new version. */
  async switch(): Promise<void> {
    this.#become('switching');
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration?.waiting) this.#workbox.messageSkipWaiting();
    else location.reload();
  }

  async #look(): Promise<void> {
    try {
      await this.#workbox.update();
    } catch {
      // Without the server there is nothing new; it is asked again in an hour.
    }
  }

  #become(state: UpdateState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Fetching the whole application takes as much of a small processor as the page that somebody waits for. */
async function untilRest(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, FIRST_VISIT_MS));
  // Safari has none.
  if ('requestIdleCallback' in globalThis)
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: REST_WITHIN_MS }));
}

/**
 * Private windows and settings forbid it each in its own way: with an error of a name, without the interface, or with a
 * registration that is none. A script that cannot be had looks like the last.
 */
async function isRefusal(error: unknown): Promise<boolean> {
  if (!(error instanceof TypeError) || !('serviceWorker' in navigator)) return true;
  const script = await fetch(SCRIPT, { cache: 'no-store' }).catch(() => null);
  return script?.ok === true;
}

export const updates = new Updates();
