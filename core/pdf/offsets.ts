/** Where objects begin, by number: 8 bytes each, so that files over 4 GiB work. */
export class Offsets {
  #values = new Float64Array(1_024);
  #count = 1;

  /** Highest object number given out, plus 1: the cross-reference table's size. */
  get size(): number {
    return this.#count;
  }

  /** Gives out the next object number; where it lies is set later. */
  allocate(): number {
    if (this.#count === this.#values.length) {
      const grown = new Float64Array(2 * this.#values.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    return this.#count++;
  }

  set(object: number, offset: number): void {
    this.#values[object] = offset;
  }

  /** 0 when the object was never written: no object lies there, the header does. */
  at(object: number): number {
    return this.#values[object] ?? 0;
  }
}
