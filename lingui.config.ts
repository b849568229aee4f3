import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** What stands before anything else has come, in all languages at once. */
const FIRST = ['src/first-view'];
/** What the first screen says, and the frame around every page. */
const SHELL = ['src/app', 'src/components', 'src/api', 'src/utils', 'src/localisation', 'src/features/session'];

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'hi', 'ar'],
  catalogs: [
    { path: 'src/locales/{locale}/first', include: FIRST },
    { path: 'src/locales/{locale}/shell', include: SHELL },
    // Comes with the first page after signing in.
    { path: 'src/locales/{locale}/pages', include: ['src'], exclude: [...FIRST, ...SHELL] },
  ],
  // No places: what moves from file to file leaves the catalogs alone.
  format: formatter({ origins: false }),
});
