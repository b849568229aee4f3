import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  ServerResponse,
} from 'node:http';
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { AddressInfo, Server, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Logger } from 'pino';
import { answerBadRequests } from './http/bad-requests.ts';
import type { AppEnv } from './http/client.ts';
import type { Settings, TlsFiles } from './settings.ts';
import { readCredentials } from './tls/credentials.ts';
import { redirectPlainRequests } from './tls/plain-requests.ts';
import { followRenewals, logCredentials } from './tls/renewal.ts';

/** How long requests under way may take to end at a shutdown. */
const SHUTDOWN_MS = 10_000;
const IDLE_CHECK_MS = 50;
/** From the first byte of a request to the last of its body. */
const REQUEST_MS = 120_000;
const HEADERS_MS = 20_000;
const IDLE_MS = 65_000;
/**
 * What a browser may send ahead on one HTTP/2 connection: the default of 64 KiB is less than one chunk, and each window
 * costs a round trip through the hall's Wi-Fi. Chunks take at most 8 MiB each whatever the window.
 */
const STREAM_WINDOW_BYTES = 1024 * 1024;
const CONNECTION_WINDOW_BYTES = 4 * 1024 * 1024;

/** The socket side of the server. */
export interface Listener {
  /** @returns the address that was taken, such as `http://127.0.0.1:8787` */
  listen(): Promise<string>;
  /** Reads certificate and key again, where there are any. */
  renew(): void;
  /** Stops accepting, and ends each connection with the request under way. */
  close(): Promise<void>;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;
type Answer = (request: Request, response: Response) => void;

/**
 * Plain HTTP/1.1, or with certificate and key HTTP/2 and HTTP/1.1 over TLS.
 * @throws {SettingsError} when certificate and key cannot be served with.
 */
export function createListener(app: OpenAPIHono<AppEnv>, settings: Settings, log: Logger): Listener {
  const answer = getRequestListener(app.fetch) as Answer;
  const { tls } = settings;
  return tls === null ? plainListener(answer, settings) : secureListener(answer, settings, tls, log);
}

const HTTP1_LIMITS = { requestTimeout: REQUEST_MS, headersTimeout: HEADERS_MS, keepAliveTimeout: IDLE_MS };

function plainListener(answer: Answer, settings: Settings): Listener {
  const server = createHttpServer(HTTP1_LIMITS);
  server.on('request', lastRequests(server, answer));
  answerBadRequests(server);
  return {
    listen: () => listen(server, settings),
    renew() {},
    close: () => stopListening(server, () => server.closeAllConnections()),
  };
}

function secureListener(answer: Answer, settings: Settings, files: TlsFiles, log: Logger): Listener {
  const { publicUrl } = settings;
  const present = readCredentials(files, { now: Date.now(), publicUrl });
  const { cert, key } = present;
  const window = { initialWindowSize: STREAM_WINDOW_BYTES };
  // @types/node has not heard of this method, which closes HTTP/1.1 connections.
  const server = createSecureServer({
    cert,
    key,
    allowHTTP1: true,
    http1Options: HTTP1_LIMITS,
    settings: window,
  }) as Http2SecureServer & Pick<HttpServer, 'closeIdleConnections'>;
  server.setTimeout(IDLE_MS);
  server.on('session', (session) => session.setLocalWindowSize(CONNECTION_WINDOW_BYTES));
  server.on(
    'request',
    lastRequests(server, (request, response) => {
      if (request instanceof Http2ServerRequest) limitDuration(request);
      answer(request, response);
    }),
  );
  const sockets = new Set<Socket>();
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  answerBadRequests(server);
  redirectPlainRequests(server);
  const renewal = followRenewals(server, files, { present, publicUrl, log });
  logCredentials(log, present, 'the certificate is valid');
  return {
    listen: () => listen(server, settings),
    renew: renewal.look,
    close() {
      renewal.stop();
      return stopListening(server, () => {
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

/** While the server shuts down, a connection ends with the request under way rather than wait for the next. */
function lastRequests(server: Server, answer: Answer): Answer {
  return (request, response) => {
    if (!server.listening && response instanceof ServerResponse) response.shouldKeepAlive = false;
    answer(request, response);
  };
}

/** HTTP/2 has no such limit of its own. */
function limitDuration(request: Http2ServerRequest): void {
  const deadline = setTimeout(() => request.stream.close(constants.NGHTTP2_CANCEL), REQUEST_MS);
  request.once('end', () => clearTimeout(deadline));
  request.once('close', () => clearTimeout(deadline));
}

function listen(server: Server, { host, port, tls }: Settings): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  server.once('error', reject);
  server.listen(port, host, () => {
    server.off('error', reject);
    const { address, family, port: taken } = server.address() as AddressInfo;
    resolve(`${tls === null ? 'http' : 'https'}://${family === 'IPv6' ? `[${address}]` : address}:${taken}`);
  });
  return promise;
}

async function stopListening(server: Server & Pick<HttpServer, 'closeIdleConnections'>, endAll: () => void) {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  // Closing ends the connections that are idle at this moment; those that become idle later are ended here.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const deadline = setTimeout(endAll, SHUTDOWN_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
}
