import type { Server, Socket } from 'node:net';
import { ProblemError, problemResponse } from '../problem.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Answers what is no HTTP request at all, which never reaches the application, with the same headers and form. */
export function answerBadRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Who broke off, or could not agree on TLS, is not told anything.
    const isSpoken = /^(?:HPE_|ERR_HTTP_)/.test(error.code ?? '');
    if (!isSpoken || !socket.writable) return void socket.destroy();
    void badRequest().then((text) => socket.end(text));
  });
}

async function badRequest(): Promise<string> {
  const response = problemResponse(new ProblemError('not-valid', { status: 400, detail: 'Expected an HTTP request.' }));
  const body = await response.text();
  const headers = {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 400 Bad Request\r\n${lines.join('')}\r\n${body}`;
}
