import { Sha256 } from '../sha256.ts';
import type { ZipEntry } from '../zip/zip.ts';

/** SHA-256 of the parts of a package as they pass, before they are compressed. */
export class PartHashes {
  readonly #hashes = new Map<string, string>();
  readonly #encoder = new TextEncoder();

  /** The part, watched; its hash is known once it has been read. */
  watch(part: ZipEntry): ZipEntry {
    const { name, content } = part;
    const hash = new Sha256();
    if (content instanceof Uint8Array) {
      hash.update(content);
      this.#hashes.set(name, hash.digest());
      return part;
    }
    return { ...part, content: this.#watchStream(name, content, hash) };
  }

  async *#watchStream(
    name: string,
    content: AsyncIterable<Uint8Array<ArrayBuffer>>,
    hash: Sha256,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for await (const chunk of content) {
      hash.update(chunk);
      yield chunk;
    }
    this.#hashes.set(name, hash.digest());
  }

  /** The hash of a part that has passed. */
  of(name: string): string {
    const hash = this.#hashes.get(name);
    if (hash === undefined) throw new TypeError(`expected a part that was written, received ${name}`);
    return hash;
  }

  /** The names of the parts that have passed, in their order. */
  get names(): readonly string[] {
    return [...this.#hashes.keys()];
  }

  /** SHA-256 over what `sha256sum` prints for the parts in their order: hash, two spaces, name, line feed. */
  digest(): string {
    const lines = [...this.#hashes].map(([name, hash]) => `${hash}  ${name}\n`).join('');
    const hash = new Sha256();
    hash.update(this.#encoder.encode(lines));
    return hash.digest();
  }
}
