import { signIn } from './server.ts';

/** Calls the server's API as the first administrator. */
export interface AdminApi {
  readonly cookie: string;
  /** @throws when the answer is not a success. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
}

export async function adminApi(url: string): Promise<AdminApi> {
  const cookie = await signIn(url);
  return {
    cookie,
    async call(method, path, body) {
      const response = await fetch(`${url}/api${path}`, {
        method,
        headers: { Cookie: cookie, Origin: url, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
  };
}

const DAY_MS = 86_400_000;
const TYPE_COLOURS = ['blue', 'grape', 'teal', 'orange', 'red'] as const;

/** Makes an event with some ticket types, named like the lists' types. @returns its id. */
export async function makeEvent(api: AdminApi, types: readonly string[] = ['General']): Promise<string> {
  const { id } = (await api.call('POST', '/events', {
    name: 'Founders’ Day',
    place: 'Town hall',
    timeZone: 'Asia/Kolkata',
    startsAt: Date.now() + DAY_MS,
    endsAt: Date.now() + 2 * DAY_MS,
    currency: 'INR',
  })) as { id: string };
  for (const [index, name] of types.entries()) {
    await api.call('POST', `/events/${id}/types`, {
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
