import { expect, test } from 'vitest';
import { takeMintPool } from '../../../../src/features/mint/mint-pool.ts';

test('a worker that has signed its share gives way to a fresh one, and still ends what it was asked', async () => {
  const pool = await takeMintPool();
  try {
    const seen: unknown[] = [];
    const sign = (tickets: number) =>
      pool.call(0, tickets, (api) => {
        seen.push(api);
        return api.measureSigning(2_000);
      });
    // The second call finds the share used up while the first is under way.
    const elapsed = await Promise.all([sign(50_000), sign(1), sign(1)]);
    expect(elapsed.every((ms) => ms > 0)).toBe(true);
    // Compared here: whatever looks into the proxy of an ended worker throws.
    expect(seen[1] === seen[0]).toBe(false);
    expect(seen[2] === seen[1]).toBe(true);
  } finally {
    pool.terminate();
  }
});
