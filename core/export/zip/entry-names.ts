import { safeEntryName, splitExtension } from './safe-name.ts';

/**
 * The names of one archive: safe, and each its own also where case, spellings of accents and compatibility forms are not
 * told apart. A name that is taken gets a number: `list (2).csv`. Holds all names.
 */
export class EntryNames {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  /** The last number that a wanted name got, so that many like ones are not counted through each time. */
  readonly #numbers = new Map<string, number>();

  /** The name under which the wanted one goes into the archive. */
  claim(wanted: string): string {
    const name = this.#numberedFile(this.#outsideFiles(safeEntryName(wanted)));
    const key = folded(name);
    this.#files.add(key);
    for (const folder of foldersOf(key)) this.#folders.add(folder);
    return name;
  }

  /** The name with other folders where it would lie in a file. */
  #outsideFiles(name: string): string {
    const file = foldersOf(name).find((folder) => this.#files.has(folded(folder)));
    if (file === undefined) return name;
    const folder = this.#numbered(file, (key) => !this.#files.has(key));
    return this.#outsideFiles(folder + name.slice(file.length));
  }

  #numberedFile(name: string): string {
    const isFree = (key: string) => !this.#files.has(key) && !this.#folders.has(key);
    return isFree(folded(name)) ? name : this.#numbered(name, isFree);
  }

  #numbered(name: string, isFree: (key: string) => boolean): string {
    const { stem, extension } = splitExtension(name);
    const key = folded(name);
    for (let number = this.#numbers.get(key) ?? 2; ; number++) {
      const candidate = `${stem} (${number})${extension}`;
      if (!isFree(folded(candidate))) continue;
      this.#numbers.set(key, number);
      return candidate;
    }
  }
}

/** Equal for names that some file system takes for one. */
function folded(name: string): string {
  return name.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD');
}

/** `a/b/c` is in `a` and `a/b`. */
function foldersOf(name: string): string[] {
  const folders: string[] = [];
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1))
    folders.push(name.slice(0, slash));
  return folders;
}
