const INITIAL_SLOTS = 1024;

/**
 * Remembers on which line a text first stood, by a 64-bit hash of it: 12 bytes a slot, at most two thirds full, so up to
 * 24 MB for 1,000,000 texts. Among so many, the chance that two different ones are taken for the same is 3 in 100 million.
 */
export class DuplicateIndex {
  #size = 0;
  #mask = INITIAL_SLOTS - 1;
  #high = new Uint32Array(INITIAL_SLOTS);
  #low = new Uint32Array(INITIAL_SLOTS);
  /** 0 marks a free slot: lines are 1-based. */
  #lines = new Uint32Array(INITIAL_SLOTS);

  /** The line that was added with this text, or `undefined`. */
  find(text: string): number | undefined {
    const [high, low] = hash(text);
    return this.#lines[this.#slotOf(high, low)] || undefined;
  }

  /** Adds a text with its line, 1 to 2^32 − 1; the first line of a text stays. */
  add(text: string, line: number): void {
    const [high, low] = hash(text);
    const slot = this.#slotOf(high, low);
    if (this.#lines[slot] !== 0) return;
    this.#put(slot, high, low, line);
    if (++this.#size * 3 > this.#lines.length * 2) this.#grow();
  }

  #slotOf(high: number, low: number): number {
    let slot = low & this.#mask;
    while (this.#lines[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low))
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  #put(slot: number, high: number, low: number, line: number): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#lines[slot] = line;
  }

  #grow(): void {
    const [highs, lows, lines] = [this.#high, this.#low, this.#lines];
    const slots = lines.length * 2;
    this.#mask = slots - 1;
    this.#high = new Uint32Array(slots);
    this.#low = new Uint32Array(slots);
    this.#lines = new Uint32Array(slots);
    for (const [index, line] of lines.entries()) {
      if (line === 0) continue;
      const [high, low] = [highs[index] as number, lows[index] as number];
      this.#put(this.#slotOf(high, low), high, low, line);
    }
  }
}

/** cyrb64: two multiplicative hashes over the code units that are mixed at the end. Not for adversaries: it is one's own list. */
function hash(text: string): readonly [high: number, low: number] {
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x9e3779b1);
    second = Math.imul(second ^ unit, 0x5f356495);
  }
  const high = Math.imul(first ^ (first >>> 16), 0x85ebca6b) ^ Math.imul(second ^ (second >>> 13), 0xc2b2ae35);
  const low = Math.imul(second ^ (second >>> 16), 0x85ebca6b) ^ Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return [high >>> 0, low >>> 0];
}
