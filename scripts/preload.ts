import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/**
 * Has `index.html` ask for the application beside what the first view needs, instead of after it; the first view's files go
 * before.
 * @param entry the name of the entry that the page imports when it has shown the first view.
 */
export function preload(entry: string): Plugin {
  return {
    name: 'preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {}, chunk: page }) {
        const here = new Set(page === undefined ? [] : withImports(page.fileName, bundle));
        const file = Object.values(bundle).find((output) => output.type === 'chunk' && output.name === entry)?.fileName;
        if (file === undefined) throw new Error(`${entry}: not found in the build`);
        return withImports(file, bundle)
          .filter((name) => !here.has(name))
          .map(linkTo);
      },
    },
  };
}

function linkTo(file: string): HtmlTagDescriptor {
  const attrs = { rel: 'modulepreload', crossorigin: true, fetchpriority: 'low', href: `/${file}` };
  return { tag: 'link', attrs, injectTo: 'head' };
}

/** The file and all that it imports eagerly, each once. */
function withImports(file: string, bundle: Rolldown.OutputBundle): string[] {
  const files = new Set([file]);
  for (const name of files) {
    const output = bundle[name];
    if (output?.type === 'chunk') for (const imported of output.imports) files.add(imported);
  }
  return [...files];
}
