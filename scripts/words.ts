import { lingui } from '@lingui/vite-plugin';
import type { PluginOption } from 'vite';

/**
 * Turns the macros around words into look-ups, and compiles the catalogs in `src/locales` as they are imported; one that
 * lacks a translation fails the build.
 */
export function words(): PluginOption {
  return lingui({ macroTransform: true, failOnMissing: 'catalog', failOnCompileError: true });
}
