import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createLedger, type Ledger } from './ledger.ts';
import { ticketsOfChunk } from './stored-tickets.ts';

/** A chunk on its way to the server, as it was seen outside of both. */
interface SeenChunk {
  readonly batchId: string;
  readonly seq: number;
  readonly startedAt: number;
  /** The server's answer, or null when it died before one. */
  readonly status: number | null;
  readonly bytes: number;
}

/**
 * Stands between the line and the server: serves the test page beside the server's own pages, passes everything else
 * on unchanged, and keeps the ledger: a declaration attempts its serials, and a 200 or 201 acknowledges a chunk's.
 */
export interface Observer {
  readonly port: number;
  readonly ledger: Ledger;
  readonly chunks: readonly SeenChunk[];
  /** Keeps everything from the server and answers 200 with this page, as a venue's network does before its sign-in. */
  capture(html: string | undefined): void;
  close(): Promise<void>;
}

export interface ObserverOptions {
  readonly serverPort: () => number;
  /** Folder with the built test page, served under `/harness/`. */
  readonly pages?: string;
}

const CHUNK_PATH = /^\/api\/events\/[0-9a-z]+\/batches\/([0-9a-f]{12})\/chunks\/(\d+)$/;
const BATCH_PATH = /^\/api\/events\/[0-9a-z]+\/batches\/([0-9a-f]{12})$/;
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export async function startObserver({ serverPort, pages }: ObserverOptions): Promise<Observer> {
  const ledger = createLedger();
  const chunks: SeenChunk[] = [];
  const agent = new Agent({ keepAlive: true });
  let captured: string | undefined;
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    if (pages !== undefined && path.startsWith('/harness/')) return servePage(pages, path, outgoing);
    if (captured !== undefined) {
      incoming.resume();
      outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end(captured);
      return;
    }
    const startedAt = Date.now();
    passOn(incoming, outgoing, serverPort(), agent, (body, status) => {
      const chunk = noteInLedger(ledger, incoming, path, body, status);
      if (chunk === undefined) return;
      const seen = { ...chunk, startedAt };
      chunks.push(seen);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    ledger,
    chunks,
    capture(html) {
      captured = html;
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @param onAnswer is told the request's body once the server's answer begins, before the client can have it. */
function passOn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  agent: Agent,
  onAnswer: (body: Buffer, status: number | null) => void,
): void {
  const parts: Buffer[] = [];
  const { method, url, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers, agent });
  // What a client sees of a server that is gone: the connection is reset.
  const reset = () => incoming.socket.resetAndDestroy();
  onward.on('error', () => {
    onAnswer(Buffer.concat(parts), null);
    reset();
  });
  onward.on('response', (answer) => {
    onAnswer(Buffer.concat(parts), answer.statusCode ?? null);
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.on('error', reset);
    answer.pipe(outgoing);
  });
  incoming.on('data', (data: Buffer) => parts.push(data));
  incoming.on('error', () => onward.destroy());
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) onward.destroy();
  });
  incoming.pipe(onward);
}

function noteInLedger(
  ledger: Ledger,
  { method, headers }: IncomingMessage,
  path: string,
  body: Buffer,
  status: number | null,
): Omit<SeenChunk, 'startedAt'> | undefined {
  const declared = BATCH_PATH.exec(path);
  if (declared !== null && method === 'PUT' && status !== null) {
    ledger.attempt(declared[1] as string, 1, (JSON.parse(body.toString()) as { count: number }).count);
  }
  const sent = CHUNK_PATH.exec(path);
  if (sent === null || method !== 'PUT') return undefined;
  if (status === 200 || status === 201) {
    const tickets = ticketsOfChunk(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
    const [first, last] = [tickets[0], tickets.at(-1)];
    if (first && last) ledger.acknowledge(first.batchId, first.serial, last.serial);
  }
  return { batchId: sent[1] as string, seq: Number(sent[2]), status, bytes: body.length };
}

function servePage(folder: string, path: string, outgoing: ServerResponse): void {
  const file = join(folder, normalize(new URL(path, 'http://localhost').pathname.slice('/harness/'.length)));
  if (!file.startsWith(folder) || !existsSync(file)) {
    outgoing.writeHead(404).end();
    return;
  }
  // The policy of the application's own pages (design §3.5), so that the test page can do no more than they.
  outgoing.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy':
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  });
  outgoing.end(readFileSync(file));
}
