import { lingui } from '@lingui/vite-plugin';
import type { PluginOption } from 'vite';

/** Turns the macros around words into look-ups, and compiles the catalogs in `src/locales` as they are imported. */
export function words(): PluginOption {
  return lingui({ macroTransform: true, failOnCompileError: true });
}
