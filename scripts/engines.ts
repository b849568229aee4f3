import { existsSync, globSync } from 'node:fs';
import { canInstallPackages, installPackages } from './packages.ts';

/** WebKitGTK’s own small browser, and what drives it. */
export interface WebKit {
  readonly driver: string;
  readonly browser: string;
  /** The X server that it is shown on. */
  readonly screen: string;
}

/** The path of a Firefox on this machine, or `undefined`: `TICKETMINT_FIREFOX`, or the system’s. */
export function findFirefox(): string | undefined {
  const chosen = process.env.TICKETMINT_FIREFOX;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`TICKETMINT_FIREFOX: no such file: ${chosen}`);
    return chosen;
  }
  return ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
}

/** The system’s WebKitGTK with all that it takes to drive it, or `undefined`. */
export function findWebKit(): WebKit | undefined {
  const [driver, screen] = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'];
  // Of several versions of its interface the newest.
  const [browser] = globSync('/usr/{lib,libexec}/{*/,}webkit{2gtk,gtk}-*/MiniBrowser').sort().reverse();
  if (browser === undefined || !existsSync(driver) || !existsSync(screen)) return undefined;
  return { driver, browser, screen };
}

/** Installs what is missing where it may; elsewhere it says which tests are skipped. */
export function ensureEngines(): void {
  const missing = [
    ...(findFirefox() === undefined ? ['firefox-esr'] : []),
    ...(findWebKit() === undefined ? ['webkit2gtk-driver', 'xvfb'] : []),
  ];
  if (missing.length === 0) return;
  const names = missing.join(', ');
  if (!canInstallPackages()) {
    console.log(`Not here: ${names}. Tests in these browsers are skipped.`);
    return;
  }
  console.log(`Not here: ${names}. Installing with apt-get.`);
  try {
    installPackages(...missing);
  } catch (error) {
    console.log(`They could not be installed: ${String(error)}. Tests in these browsers are skipped.`);
  }
}
