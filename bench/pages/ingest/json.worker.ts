import { expose } from 'comlink';
import type { PeerTicket, PeerUpload } from '../../harness/scenario.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

let tickets: readonly PeerTicket[] = [];

async function send(part: readonly PeerTicket[]): Promise<number> {
  const body = JSON.stringify(part);
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/peer/tickets', { method: 'POST', body, headers });
  const { stored } = (await response.json()) as { stored: number };
  if (response.status !== 201 || stored !== part.length) throw new Error(`answered ${response.status}`);
  return body.length;
}

const api = {
  /** Makes the tickets, in memory. */
  prepare(rows: number): void {
    tickets = Array.from({ length: rows }, (_, index) => {
      const letters = Array.from(crypto.getRandomValues(new Uint8Array(122)), (byte) => BASE32[byte & 31]).join('');
      return {
        serial: index + 1,
        code: letters.slice(0, 12),
        token: letters,
        batchId: '000000000000',
        typeIndex: 0,
        status: 'minted',
        mintedAt: Date.now(),
      };
    });
  },

  /** @returns the bytes sent. */
  async upload({ chunkSize, parallel, pauseMs }: PeerUpload): Promise<number> {
    let next = 0;
    let bytes = 0;
    const sender = async () => {
      while (next < tickets.length) {
        const part = tickets.slice(next, next + chunkSize);
        next += part.length;
        const sent = await send(part);
        bytes += sent;
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    await Promise.all(Array.from({ length: parallel }, sender));
    return bytes;
  },
};
export type JsonUploadApi = typeof api;

expose(api);
