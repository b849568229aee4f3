import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connection } from '../../../src/api/connection.ts';

const server = vi.spyOn(globalThis, 'fetch');
const SILENCE_MS = 600_000;

beforeEach(() => {
  vi.useFakeTimers();
  connection.report('online');
  server.mockReset();
});
afterEach(() => {
  connection.report('online');
  vi.useRealTimers();
});

it('looks for a silent server, ever more rarely, and calls it offline since it was first missed', async () => {
  server.mockRejectedValue(new TypeError('Failed to fetch'));
  const states: string[] = [];
  const unsubscribe = connection.subscribe(() => states.push(connection.state));
  const missedAt = Date.now();
  connection.report('unreachable');
  await vi.advanceTimersByTimeAsync(SILENCE_MS);
  expect(states).toEqual(['reconnecting', 'offline']);
  expect(connection.since).toBe(missedAt);
  const looks = server.mock.calls.length;
  // At most one every half second, at least one every 15.
  expect(looks).toBeGreaterThanOrEqual(SILENCE_MS / 15_000);
  expect(looks).toBeLessThan(SILENCE_MS / 1_000);
  server.mockResolvedValue(Response.json({ ok: true }));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(states.at(-1)).toBe('online');
  expect(connection.since).toBeNull();
  unsubscribe();
});

it('does not take the sign-in page of a network for the server, nor the word of the browser for the truth', async () => {
  server.mockImplementation(async () => new Response('<h1>Welcome</h1>', { headers: { 'Content-Type': 'text/html' } }));
  connection.report('unreachable');
  dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(connection.state).toBe('offline');
  server.mockImplementation(async () => Response.json({ ok: true }));
  dispatchEvent(new Event('offline'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(connection.state).toBe('online');
});
