/** A seeded source of chance: the same seed replays the same faults. */
export interface Random {
  readonly seed: number;
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
}

/**
 * Mulberry32. Takes `TICKETMINT_SEED` where it is set, so that a failure can be replayed, and prints the seed it took.
 * @param name what the seed is for, in the printed line.
 */
export function seededRandom(name: string, seed = chosenSeed()): Random {
  console.info(`${name}: TICKETMINT_SEED=${seed}`);
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next, between: (min, max) => min + Math.floor(next() * (max - min + 1)) };
}

function chosenSeed(): number {
  const text = process.env.TICKETMINT_SEED;
  return text ? Number(text) : Math.floor(Math.random() * 2 ** 32);
}
