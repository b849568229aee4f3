let tried: Promise<boolean> | undefined;

/**
 * Whether the browser keeps files of the site's own (OPFS). Tried once, as having the function says little: private windows
 * of Safari and Firefox have it, and refuse.
 */
export function hasOwnFiles(): Promise<boolean> {
  tried ??= tryToOpen();
  return tried;
}

async function tryToOpen(): Promise<boolean> {
  try {
    await navigator.storage.getDirectory();
    return true;
  } catch {
    return false;
  }
}
