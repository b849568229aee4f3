import type { Plugin } from 'vite';

/**
 * Makes zod parse without `eval`, which the content security policy forbids. zod tries it while schemas are made, before
 * any `z.config()` of ours could run, and every try is reported as a violation; so the setting is put where zod keeps it.
 */
export function jitlessZod(): Plugin {
  return {
    name: 'jitless-zod',
    transform: {
      filter: { id: /\/zod\/v4\/core\/core\.js$/ },
      handler(code) {
        if (!code.includes('export const globalConfig')) throw new Error('zod keeps its settings elsewhere now');
        return { code: `${code}\nglobalConfig.jitless = true;\n`, map: null };
      },
    },
  };
}
