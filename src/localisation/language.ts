import { i18n } from '@lingui/core';
import { CATALOGS, type Part } from './catalogs.ts';
import { chosenLocale, keepChoice, LOCALE_KEY, startLocale } from './chosen-locale.ts';
import { formatsOf, isLocale, LOCALES, type Locale } from './locales.ts';

/** The language of the interface on this device: what was chosen, else the best of those that the browser asks for. */
class Language {
  readonly #parts = new Set<Part>(['first', 'shell']);
  readonly #listeners = new Set<() => void>();

  /** The language that is spoken now. */
  get locale(): Locale {
    return isLocale(i18n.locale) ? i18n.locale : 'en';
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads the words of the first screen. Until then nothing can be said. */
  start(): Promise<void> {
    addEventListener('storage', this.#follow);
    return this.#speak(startLocale());
  }

  /** Loads more words of the language in use, once. */
  async need(part: Part): Promise<void> {
    if (this.#parts.has(part)) return;
    let loaded: Locale | undefined;
    // Another language may be chosen meanwhile.
    while (loaded !== this.locale) {
      loaded = this.locale;
      await load(loaded, part);
    }
    this.#parts.add(part);
  }

  /** Speaks another language from now on, and at the next start. Rejects, and keeps to the old one, where its words cannot be had. */
  async choose(locale: Locale): Promise<void> {
    await this.#speak(locale);
    keepChoice(locale);
  }

  /** What is chosen in one tab is spoken in all. One that cannot have the words keeps to its own until the next start. */
  readonly #follow = ({ key }: StorageEvent) => {
    const locale = chosenLocale();
    if (key === LOCALE_KEY && locale !== undefined && locale !== this.locale)
      this.#speak(locale).catch(() => undefined);
  };

  async #speak(locale: Locale): Promise<void> {
    await Promise.all(Array.from(this.#parts, (part) => load(locale, part)));
    i18n.activate(locale, [formatsOf(locale, navigator.languages)]);
    document.documentElement.lang = locale;
    document.documentElement.dir = LOCALES[locale].direction;
    for (const listener of this.#listeners) listener();
  }
}

async function load(locale: Locale, part: Part): Promise<void> {
  const { messages } = await CATALOGS[locale][part]();
  i18n.load(locale, messages);
}

export const language = new Language();
