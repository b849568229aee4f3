import { callApi } from './api.ts';
import type { TestServer } from './server.ts';

interface GateOfEvent {
  readonly eventId: string;
  readonly gateId: string;
}

/** Pairs a device as its page and the admin's would. @returns its session, ready for a `Cookie` header. */
export async function pairDevice(server: TestServer, { eventId, gateId }: GateOfEvent, name: string): Promise<string> {
  const path = `/events/${eventId}`;
  const opened = await callApi(server, 'POST', `${path}/gates/${gateId}/pairings`);
  const { id, code } = opened as { id: string; code: string };
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex');
  const claimed = await send(server, '/api/gate/pairing', { body: JSON.stringify({ code, name, nonce }) });
  const { digits } = (await claimed.json()) as { digits: string };
  await callApi(server, 'POST', `${path}/pairings/${id}/confirmation`, { digits });
  const fetched = await send(server, '/api/gate/session', { headers: { Cookie: cookieOf(claimed) } });
  return cookieOf(fetched);
}

async function send(server: TestServer, path: string, init: { body?: string; headers?: object }): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Origin: server.url, ...init.headers };
  const response = await fetch(server.url + path, { method: 'POST', ...init, headers });
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  return response;
}

/** The one that is set, and not cleared. */
function cookieOf(response: Response): string {
  const line = response.headers.getSetCookie().find((cookie) => !cookie.includes('Max-Age=0'));
  return line?.split(';')[0] ?? '';
}
