import { relaxedDatabase, strictDatabase } from '../../database/database.ts';
import { isDeadConnection } from '../../database/storage-error.ts';

/**
 * - `sound`: as far as is known.
 * - `dead`: it was opened anew, and failed again; only a load of the page may help.
 * - `closed`: it cannot be opened.
 */
export type StoreState = 'sound' | 'dead' | 'closed';

/** A connection that dies again within this time of being opened anew is not opened a second time. */
const ONCE_IN_MS = 10_000;
/** Another tab, or the browser itself, may be at work on it. */
const OPEN_AGAIN_MS = 300;

/** What is known of the local database in this tab. Opens it anew once when its connection dies. */
class StoreHealth {
  #state: StoreState = 'sound';
  #failure = '';
  #generation = 0;
  #openedAt = Number.NEGATIVE_INFINITY;
  #opening: Promise<void> | undefined;
  readonly #listeners = new Set<() => void>();

  get state(): StoreState {
    return this.#state;
  }

  /** What the browser said, for whoever is asked for help. */
  get failure(): string {
    return this.#failure;
  }

  /** Grows when there is another connection: what was read through the one before is to be read again. */
  get generation(): number {
    return this.#generation;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the store. Call it once when the app starts; what comes of it is in {@link state}. */
  async check(): Promise<void> {
    // At each opening, whoever asked for it.
    relaxedDatabase().on('ready', () => this.#onOpened(), true);
    try {
      await Promise.all([relaxedDatabase().open(), strictDatabase().open()]);
    } catch {
      await this.#openAnew();
    }
  }

  /** Tells of a call that failed. Resolves when it is worth while to try it again, or known that it is not. */
  async report(error: unknown): Promise<void> {
    if (!isDeadConnection(error)) return;
    this.#failure = nameOf(error);
    if (this.#opening === undefined && performance.now() - this.#openedAt < ONCE_IN_MS) return this.#become('dead');
    await this.#openAnew();
  }

  #onOpened(): void {
    // By the browser itself, where it throws the store away or somebody clears the site's data.
    const onClosed = () => setTimeout(() => void this.#openAnew());
    relaxedDatabase().backendDB().addEventListener('close', onClosed, { once: true });
    this.#generation++;
    // Outside of what opens it, which waits for us.
    setTimeout(() => this.#tell());
  }

  #openAnew(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        for (const database of [relaxedDatabase(), strictDatabase()]) {
          database.close({ disableAutoOpen: false });
          await database.open();
        }
        this.#openedAt = performance.now();
        return this.#become('sound');
      } catch (error) {
        this.#failure = nameOf(error);
        if (attempt === 2) return this.#become('closed');
        await new Promise((resolve) => setTimeout(resolve, OPEN_AGAIN_MS));
      }
    }
  }

  #become(state: StoreState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

export const storeHealth = new StoreHealth();
