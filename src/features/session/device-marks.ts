/** This device is to forget everything it keeps: done before anything of the application starts. */
export const CLEAR_MARK = 'ticketmint-clear';
/** Somebody signed out, and the server is yet to hear it. */
export const SIGN_OUT_MARK = 'ticketmint-sign-out';

/** Every page holds it, shared; whoever clears the device takes it alone, so that nothing is written meanwhile. */
export const DEVICE_LOCK = 'ticketmint-device';

type Mark = typeof CLEAR_MARK | typeof SIGN_OUT_MARK;

/** Notes, durably and for all tabs, what is to be done once it can be. @throws where the browser keeps nothing. */
export function mark(name: Mark): void {
  localStorage.setItem(name, String(Date.now()));
}

export function isMarked(name: Mark): boolean {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    // Nothing can have been noted.
    return false;
  }
}

export function unmark(name: Mark): void {
  localStorage.removeItem(name);
}
