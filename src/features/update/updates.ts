import { Workbox } from 'workbox-window';

/** `ready`: a new version is on this device, and comes with the next load. `switching`: that load was asked for. */
export type UpdateState = 'none' | 'ready' | 'switching';

const ASK_EVERY_MS = 3_600_000;

/** The installed application and its versions. A page is never reloaded but by the person's tap in that page. */
class Updates {
  #state: UpdateState = 'none';
  #failure: string | null = null;
  readonly #workbox = new Workbox('/sw.js');
  readonly #listeners = new Set<() => void>();

  get state(): UpdateState {
    return this.#state;
  }

  /** Why this browser does not keep the application, or null. */
  get failure(): string | null {
    return this.#failure;
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
      await this.#workbox.register();
      setInterval(() => void this.#look(), ASK_EVERY_MS);
    } catch (error) {
      // The page works all the same, but not without the server.
      this.#failure = error instanceof Error ? error.message : String(error);
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
    for (const listener of this.#listeners) listener();
  }
}

export const updates = new Updates();
