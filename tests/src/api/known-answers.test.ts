import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { connection } from '../../../src/api/connection.ts';
import { askAndKeep, askOrRecall, forgetAnswers, keepAnswer, recallAnswer } from '../../../src/api/known-answers.ts';

const schema = z.object({ name: z.string() });
const options = { signal: new AbortController().signal };
const server = vi.spyOn(globalThis, 'fetch');

const answers = (body: unknown, status = 200) => server.mockImplementation(async () => Response.json(body, { status }));
const isSilent = () =>
  server.mockImplementation(async () => {
    throw new TypeError('Failed to fetch');
  });
/** Keeping an answer goes on after it was given. */
const isKept = (name: string) => vi.waitFor(async () => expect(await recallAnswer('place', schema)).toEqual({ name }));

beforeEach(async () => {
  server.mockReset();
  await forgetAnswers();
  connection.report('online');
});
afterEach(() => connection.report('online'));

describe('what the server said last', () => {
  it('stands in once it is silent, at the first failure, and the connection says so', async () => {
    answers({ name: 'Town hall' });
    await askOrRecall('place', schema, options);
    await isKept('Town hall');
    isSilent();
    server.mockClear();
    expect(await askOrRecall('place', schema, options)).toEqual({ name: 'Town hall' });
    expect(server).toHaveBeenCalledTimes(1);
    expect(connection.state).toBe('reconnecting');
    // From then on it is at hand at once.
    expect(await askOrRecall('place', schema, options)).toEqual({ name: 'Town hall' });
    expect(server).toHaveBeenCalledTimes(1);
  });

  it('does not stand in for a refusal', async () => {
    await keepAnswer('place', { name: 'Town hall' });
    answers({ type: 'about:blank', title: 'No', status: 403, code: 'forbidden' }, 403);
    await expect(askOrRecall('place', schema, options)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('gives way to what it says now', async () => {
    await keepAnswer('place', { name: 'Town hall' });
    answers({ name: 'Library' });
    expect(await askOrRecall('place', schema, options)).toEqual({ name: 'Library' });
    await isKept('Library');
  });

  it('is unknown when it has another form, or was forgotten', async () => {
    await keepAnswer('place', { title: 'Town hall' });
    expect(await recallAnswer('place', schema)).toBeUndefined();
    await keepAnswer('place', { name: 'Town hall' });
    await forgetAnswers();
    expect(await recallAnswer('place', schema)).toBeUndefined();
  });
});

describe('a question that must not be answered from memory', () => {
  it('fails when the server is silent', async () => {
    await keepAnswer('place', { name: 'Town hall' });
    answers({ type: 'about:blank', title: 'Busy', status: 502 }, 502);
    vi.spyOn(Math, 'random').mockReturnValue(0);
    await expect(askAndKeep('place', schema, options)).rejects.toMatchObject({ code: 'unreachable' });
  });
});
