import type { TestServer } from './server.ts';

/** Calls the server's API as its administrator. @throws when the answer is not a success. */
export async function callApi(server: TestServer, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await server.fetch(`/api${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
}

const DAY_MS = 86_400_000;
const TYPE_COLOURS = ['blue', 'grape', 'teal', 'orange', 'red'] as const;

/** Makes an event with some ticket types. @returns its id. */
export async function makeEvent(server: TestServer, types: readonly string[] = ['General']): Promise<string> {
  const { id } = (await callApi(server, 'POST', '/events', {
    name: 'Founders’ Day',
    place: 'Town hall',
    timeZone: 'Asia/Kolkata',
    startsAt: Date.now() + DAY_MS,
    endsAt: Date.now() + 2 * DAY_MS,
    currency: 'INR',
  })) as { id: string };
  for (const [index, name] of types.entries()) {
    await callApi(server, 'POST', `/events/${id}/types`, {
      name,
      priceMinor: 10_000,
      colour: TYPE_COLOURS[index % TYPE_COLOURS.length],
      capacity: null,
      notBefore: null,
      notAfter: null,
    });
  }
  return id;
}
