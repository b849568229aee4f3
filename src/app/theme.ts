import { t } from '@lingui/core/macro';
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeComponents,
  rem,
} from '@mantine/core';

/** The one accent. Shade 7 carries white text, and is legible as text on white, at 5.6 to 1. */
const mint: MantineColorsTuple = [
  '#e8f8f1',
  '#d2efe2',
  '#a5dfc5',
  '#74cfa6',
  '#4bc08c',
  '#2fae79',
  '#149261',
  '#0b7653',
  '#085f43',
  '#044732',
];

/** What a finger hits without aiming. */
const TOUCH_TARGET = rem(44);
/** In table rows and toolbars, where neighbours keep their distance. */
const COMPACT_TARGET = rem(36);
/** The accent as a line: unlike the one that carries white text, it stands out from dark grounds, too (WCAG 1.4.11). */
const SEEN_ACCENT = 'var(--mantine-color-anchor)';

const brief = { transitionProps: { duration: 120 } };

/** By name and not by `Component.extend`, which would load every component with the first page. */
const components: MantineThemeComponents = {
  // The tint says how grave it is; the words are read as all others.
  Alert: { styles: { title: { color: 'var(--mantine-color-bright)' } } },
  Badge: { defaultProps: { tt: 'none' } },
  ActionIcon: { defaultProps: { size: TOUCH_TARGET, variant: 'subtle', color: 'gray' } },
  Anchor: { defaultProps: { underline: 'always' } },
  Button: {
    vars: (_theme: unknown, { size }: { size?: string }) => ({
      root: { '--button-height': size?.startsWith('compact') ? COMPACT_TARGET : TOUCH_TARGET },
    }),
  },
  CloseButton: { vars: () => ({ root: { '--cb-size': TOUCH_TARGET } }) },
  // Codes, addresses, file names: from left to right in every language.
  Code: { defaultProps: { dir: 'ltr' } },
  Drawer: { defaultProps: brief },
  Input: {
    vars: () => ({
      wrapper: { '--input-height': TOUCH_TARGET, '--input-fz': rem(16), '--input-bd-focus': SEEN_ACCENT },
    }),
  },
  // The first of its items takes the focus: a menu may hold nothing else that does.
  Menu: { defaultProps: { ...brief, shadow: 'md', withInitialFocusPlaceholder: false } },
  Modal: {
    defaultProps: () => ({
      ...brief,
      centered: true,
      closeButtonProps: { 'aria-label': t`Close` },
      styles: { title: { fontWeight: 650 } },
      // A page has one banner, and it is not a dialog's.
      attributes: { header: { role: 'presentation' } },
    }),
  },
  PasswordInput: {
    defaultProps: () => ({ visibilityToggleButtonProps: { 'aria-label': t`Toggle password visibility` } }),
  },
  Popover: { defaultProps: { ...brief, shadow: 'md' } },
  SegmentedControl: { defaultProps: { transitionDuration: 120 } },
  Table: { defaultProps: { fz: 'sm', verticalSpacing: 'sm' } },
  Tabs: { vars: () => ({ root: { '--tabs-color': SEEN_ACCENT } }) },
  Tooltip: { defaultProps: { ...brief, openDelay: 400 } },
};

/** The only source of colour, space, radius and type. */
export const theme = createTheme({
  colors: { mint },
  primaryColor: 'mint',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  // A 4-pixel grid.
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(40) },
  radius: { xs: rem(2), sm: rem(4), md: rem(8), lg: rem(12), xl: rem(24) },
  headings: {
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: rem(26), lineHeight: '1.25' },
      h2: { fontSize: rem(20), lineHeight: '1.3' },
      h3: { fontSize: rem(16), lineHeight: '1.4' },
    },
  },
  components,
});

const mix = (colour: string, share: number, ground: string) =>
  `color-mix(in srgb, var(--mantine-color-${colour}) ${share}%, var(--mantine-color-${ground}))`;

/** Tinted grounds that stay calm, and words on them and beside them with a contrast of at least 4.5 to 1 (WCAG AA). */
export const contrastVariables: CSSVariablesResolver = ({ colors }) => {
  const tints = (tintsOf: (colour: string) => Record<string, string>) =>
    Object.assign({}, ...Object.keys(colors).map(tintsOf)) as Record<string, string>;
  // White words stand on it.
  const redGround = {
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': mix('red-9', 85, 'black'),
  };
  return {
    variables: {},
    light: {
      '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
      '--mantine-color-error': 'var(--mantine-color-red-9)',
      ...redGround,
      '--mantine-color-placeholder': mix('gray-7', 45, 'gray-6'),
      ...tints((colour) => ({ [`--mantine-color-${colour}-light-color`]: mix(`${colour}-9`, 65, 'black') })),
    },
    dark: {
      '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
      '--mantine-color-error': 'var(--mantine-color-red-4)',
      ...redGround,
      '--mantine-color-placeholder': mix('dark-1', 60, 'dark-2'),
      ...tints((colour) => ({
        [`--mantine-color-${colour}-light`]: mix(`${colour}-7`, 18, 'body'),
        [`--mantine-color-${colour}-light-hover`]: mix(`${colour}-7`, 26, 'body'),
        [`--mantine-color-${colour}-light-color`]: `var(--mantine-color-${colour}-3)`,
      })),
    },
  };
};
