/** A browser engine that a test drives: the browser as it is installed, over WebDriver or what stands for it. */
export interface Engine {
  readonly name: string;
  /** Why it cannot be started on this machine; null when it can. */
  readonly missing: string | null;
  /** Whether a profile on disk outlives the browser; else all is gone with it. */
  readonly keepsProfile: boolean;
  launch(folders: EngineFolders): Promise<EnginePage>;
}

export interface EngineFolders {
  readonly profile: string;
  /** Where downloads land. */
  readonly downloads: string;
}

/** The browser's one tab. Elements are found by XPath, which every driver understands; the first visible one is meant. */
export interface EnginePage {
  readonly version: string;
  goto(url: string): Promise<void>;
  /** Runs a function in the page; arguments and result are plain data. */
  run<Args extends readonly unknown[], Result>(
    task: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Waits until the element is there, also for what takes its time. */
  see(xpath: string): Promise<void>;
  /** Clicks as a pointer does, once the element is there. */
  click(xpath: string): Promise<void>;
  /** Types over what is in the field, key by key. */
  type(xpath: string, text: string): Promise<void>;
  /** Ends the browser. */
  close(): Promise<void>;
}

/**
 * For {@link EnginePage.run}: the first visible element that an XPath finds, scrolled to where no bar lies over it; null
 * while there is none, or it still moves.
 */
export async function firstSteady(xpath: string): Promise<HTMLElement | null> {
  const found = document.evaluate(xpath, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  for (let index = 0; index < found.snapshotLength; index++) {
    const element = found.snapshotItem(index);
    if (!(element instanceof HTMLElement) || !element.checkVisibility()) continue;
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y } = element.getBoundingClientRect();
    await new Promise((resolve) => setTimeout(resolve, 60));
    const now = element.getBoundingClientRect();
    return now.x === x && now.y === y && element.isConnected ? element : null;
  }
  return null;
}

/** How long an element is waited for that should be there, and one that takes its time. */
export const FIND_MS = 30_000;
export const SEE_MS = 90_000;
