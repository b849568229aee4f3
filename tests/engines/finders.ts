/** XPaths of what people see, as Playwright's `getByRole` and `getByLabel` would find it. */

export function button(name: string): string {
  return `//button[${named(name)} or @aria-label="${name}"]`;
}

export function option(text: string): string {
  return `//*[@role="option"][contains(normalize-space(), "${text}")]`;
}

/** A field, or a box to tick. Labels of fields that must be filled end in a star. */
export function field(label: string): string {
  return `//*[self::input or self::textarea][@id=//label[${named(label)} or ${named(`${label} *`)}]/@for]`;
}

export function text(words: string): string {
  const says = `contains(normalize-space(), "${words}")`;
  return `//body//*[${says}][not(*[${says}])]`;
}

export function heading(words: string): string {
  return `//*[self::h1 or self::h2 or self::h3][${named(words)}]`;
}

function named(words: string): string {
  return `normalize-space()="${words}"`;
}
