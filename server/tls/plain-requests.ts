import { createServer } from 'node:http';
import type { Server, Socket } from 'node:net';

/** The first byte of a TLS handshake (RFC 8446, 5.1: content type 22). */
const HANDSHAKE = 22;
/** Long enough for one request, too short to hold a connection. */
const FIRST_BYTE_MS = 10_000;

/**
 * Answers who speaks http to the https port with the https address: people type `tickets.local:8787` and leave out the
 * scheme. All else goes to the server as before.
 * @param server one that speaks TLS, before it listens.
 */
export function redirectPlainRequests(server: Server): void {
  const redirector = createServer((request, response) => {
    const target = URL.parse(`https://${request.headers.host ?? ''}${request.url ?? '/'}`);
    response.setHeader('Connection', 'close');
    if (target === null) response.writeHead(400).end('This port speaks https.\n');
    else response.writeHead(308, { Location: target.href }).end();
  });
  const listeners = server.listeners('connection') as ((this: Server, socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const giveUp = () => socket.destroy();
    socket.setTimeout(FIRST_BYTE_MS, giveUp);
    socket.once('error', giveUp);
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      if (first[0] !== HANDSHAKE) {
        redirector.emit('connection', socket);
        socket.resume();
        return;
      }
      socket.setTimeout(0);
      socket.off('timeout', giveUp);
      socket.off('error', giveUp);
      for (const listener of listeners) listener.call(server, socket);
    });
  });
}
