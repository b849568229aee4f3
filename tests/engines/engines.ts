import { chromiumLaunchOptions } from '../../scripts/browser.ts';
import { findFirefox, findWebKit } from '../../scripts/engines.ts';
import { IS_FULL } from '../support/world.ts';
import type { Engine } from './engine.ts';
import { launchPuppeteer } from './puppeteer-engine.ts';
import { launchWebKit } from './webkit-engine.ts';

const firefoxPath = findFirefox();
const webkit = findWebKit();

export const chromium: Engine = {
  name: 'Chromium',
  missing: null,
  keepsProfile: true,
  launch: (folders) => {
    const { args, executablePath } = chromiumLaunchOptions();
    return launchPuppeteer({ browser: 'chrome', args, ...(executablePath && { executablePath }) }, folders);
  },
};

export const firefox: Engine = {
  name: 'Firefox',
  missing: firefoxPath === undefined ? 'no Firefox on this machine' : null,
  keepsProfile: true,
  launch: (folders) => {
    const downloads = { 'browser.download.folderList': 2, 'browser.download.dir': folders.downloads };
    const options = { browser: 'firefox', extraPrefsFirefox: downloads } as const;
    return launchPuppeteer({ ...options, ...(firefoxPath && { executablePath: firefoxPath }) }, folders);
  },
};

/** As Debian has it: without `navigator.storage`, hence without files of the site's own. */
export const webkitGtk = webkitEngine('WebKitGTK', undefined);

/** With what Safari has switched on besides: it has the functions and refuses the files, as in Safari's private windows. */
export const webkitPrivate: Engine = {
  ...webkitEngine('WebKitGTK as in a private window', 'StorageAPI,StorageAPIEstimate,FileSystem,AccessHandle'),
  ...(IS_FULL ? {} : { missing: 'only in npm run test:full' }),
};

function webkitEngine(name: string, features: string | undefined): Engine {
  return {
    name,
    missing: webkit === undefined ? 'no WebKitGTK with its driver and Xvfb on this machine' : null,
    // Driven by WebDriver it keeps everything in memory.
    keepsProfile: false,
    launch: (folders) => {
      if (webkit === undefined) throw new TypeError('expected WebKitGTK');
      return launchWebKit(webkit, features, folders);
    },
  };
}
