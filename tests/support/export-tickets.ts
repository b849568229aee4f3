import { expect, type Page } from '@playwright/test';
import { callApi, makeEvent } from './api.ts';
import { chunkRequest, type MintedBatch, mintBatch } from './minted-batch.ts';
import type { TestServer } from './server.ts';

/** Tickets of {@link makeTickets}. */
export const COUNT = 1_200;

/** An event with one batch that is on the server only, as another device minted it. */
export async function makeTickets(
  server: TestServer,
): Promise<{ readonly eventId: string; readonly batch: MintedBatch }> {
  const eventId = await makeEvent(server);
  const batch = await storeBatch(server, eventId, { count: COUNT, holderOf: (serial) => `Person ${serial}` });
  const range = { batch: batch.id, from: 3, to: 4, reason: 'Refunded' };
  await callApi(server, 'POST', `/events/${eventId}/revocations`, range);
  const path = `/events/${eventId}/batches/${batch.id}`;
  await callApi(server, 'POST', `${path}/corrections`, { serial: 2, column: 'holder', value: 'Meena R' });
  return { eventId, batch };
}

interface PersonalisedBatch {
  readonly count: number;
  holderOf(serial: number): string;
}

/** Mints a batch of personalised tickets and puts all of it on the server. */
export async function storeBatch(
  server: TestServer,
  eventId: string,
  { count, holderOf }: PersonalisedBatch,
): Promise<MintedBatch> {
  const batch = await mintBatch({
    eventId,
    count,
    chunkSize: 100,
    fieldsOf: (range) => ({
      holder: Array.from({ length: range.count }, (_, index) => holderOf(range.firstSerial + index)),
    }),
  });
  const path = `/events/${eventId}/batches/${batch.id}`;
  await callApi(server, 'PUT', path, batch.manifest);
  for (let seq = 0; seq < batch.chunks; seq++) {
    const response = await server.fetch(`/api${path}/chunks/${seq}`, chunkRequest(await batch.chunk(seq)));
    expect(response.status).toBe(201);
  }
  await callApi(server, 'POST', `${path}/seal`, { reason: 'complete' });
  return batch;
}

/** Takes the pickers away, or has them give files of the browser's own. */
export async function stubPickers(page: Page, pickers: 'none' | 'files' | 'folder' | 'declined'): Promise<void> {
  await page.addInitScript((kind) => {
    const root = () => navigator.storage.getDirectory();
    const folder = async () => (await root()).getDirectoryHandle('picked', { create: true });
    const give = (value: unknown) => ({ value, configurable: true });
    const file = async ({ suggestedName }: { suggestedName: string }) => {
      if (kind === 'declined') throw new DOMException('The user aborted a request.', 'AbortError');
      return (await folder()).getFileHandle(suggestedName, { create: true });
    };
    Object.defineProperty(globalThis, 'showSaveFilePicker', give(kind === 'none' ? undefined : file));
    Object.defineProperty(globalThis, 'showDirectoryPicker', give(kind === 'folder' ? folder : undefined));
  }, pickers);
}

/** What the stubbed pickers were given, by name, as text. */
export async function pickedFiles(page: Page): Promise<Record<string, string>> {
  const files = await pickedContents(page);
  // A buffer's own decoding keeps the byte order mark.
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content.toString('utf8')]));
}

/** What the stubbed pickers were given, by name. */
export async function pickedContents(page: Page): Promise<Record<string, Buffer>> {
  const files = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked', { create: true });
    const contents: Record<string, string> = {};
    for await (const [name, handle] of (
      folder as unknown as { entries(): AsyncIterable<[string, FileSystemFileHandle]> }
    ).entries()) {
      const reader = new FileReader();
      const reading = new Promise((resolve, reject) => {
        reader.onload = resolve;
        reader.onerror = () => reject(reader.error);
      });
      reader.readAsDataURL(await handle.getFile());
      await reading;
      contents[name] = String(reader.result).replace(/^data:[^,]*,/, '');
    }
    return contents;
  });
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.from(content, 'base64')]));
}
