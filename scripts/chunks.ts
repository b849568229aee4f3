import type { Rolldown } from 'vite';

/**
 * Which modules share a file. Left alone, the build makes a file of each set of pages that share something: 270 of them, most
 * under 1 kB, and a page asks for 140. Each costs a request and a parse, and small ones compress badly.
 */
type Groups = readonly Rolldown.CodeSplittingGroup[];

/** The page's own entry stays by itself: its name tells the version. */
const ENTRY = /index\.html|src\/main\.tsx$|src\/app\/boot\.tsx$/;

/** What stands on the screen before anything else has come. */
const FIRST_VIEW =
  /@lingui\/core|src\/first-view\/|src\/locales\/.*\/first\.po|src\/localisation\/(?:chosen-locale|locales)\.ts|service-worker\/page-lock|preload-helper/;

const SIGN_IN_COMPONENTS =
  'Input|InputBase|TextInput|PasswordInput|ActionIcon|NativeSelect|Combobox/ComboboxChevron|Paper|Center|Image';

/** What signing in has beyond the start, and every later page too. */
const SIGN_IN = new RegExp(
  [
    `@mantine/core/esm/components/(?:${SIGN_IN_COMPONENTS})/`,
    'use-uncontrolled',
    'IconInfoCircle',
    'query-core/build/modern/(?:queryObserver|mutationObserver)',
    'react-query/',
    'src/features/session/(?:session-card|api/)',
    'src/localisation/.*\\.tsx?$',
    'src/components/brand',
  ].join('|'),
);

/** How many places must share a module before it lies with the others that are shared. */
const MANY = 3;

/** The first that takes a module, by priority, has it. */
export const chunkGroups: Groups = [
  { name: 'first', priority: 7, test: FIRST_VIEW },
  { name: 'start', priority: 6, tags: ['$initial'], test: (id) => !ENTRY.test(id) && !id.endsWith('.css') },
  { name: 'session', priority: 5, minShareCount: 2, test: SIGN_IN },
  {
    name: 'schemas',
    priority: 4,
    minShareCount: MANY,
    test: /node_modules\/zod\/|\/core\/api\/(?:batch|event|session|common)/,
  },
  {
    name: 'store',
    priority: 3,
    minShareCount: 2,
    test: /node_modules\/dexie|src\/database\/|\/core\/(?:chunk|ticket)\//,
  },
  { name: 'components', priority: 2, minShareCount: MANY, test: /@mantine|@floating-ui|@tabler|@tanstack/ },
  { name: 'parts', priority: 1, minShareCount: MANY, test: /\/(?:src|core\/(?!export|qr))\/.*\.tsx?$/ },
];
