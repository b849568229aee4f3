/** What the browser says of this origin's storage; numbers in bytes, absent where it does not say. */
export interface StorageState {
  readonly usage: number | undefined;
  readonly quota: number | undefined;
  /** Null where the browser cannot say. */
  readonly isPersisted: boolean | null;
  /** Whether a service worker has this page, so that it starts without the server. */
  readonly isKept: boolean;
}

export const storageQueryKey = ['storage'] as const;

/** Some engines have no `navigator.storage`. */
const storage: StorageManager | undefined = navigator.storage;

export async function readStorage(): Promise<StorageState> {
  const [estimate, isPersisted] = await Promise.all([storage?.estimate?.(), storage?.persisted?.()]);
  const isKept = navigator.serviceWorker?.controller != null;
  return { usage: estimate?.usage, quota: estimate?.quota, isPersisted: isPersisted ?? null, isKept };
}

/** Asks that the data be kept when space runs short. Some browsers never answer headless, hence the limit. */
export async function persistStorage(): Promise<boolean> {
  const unanswered = new Promise<false>((resolve) => setTimeout(resolve, 10_000, false));
  return Promise.race([storage?.persist() ?? false, unanswered]);
}
