import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';

/**
 * A fault of the line, after toxiproxy's toxics. `chance` (default 1) is rolled once a connection, or once an exchange
 * (a request and its reply on a kept-alive connection) with `per: 'exchange'`. Byte counts are those of one exchange.
 */
export type Toxic = {
  readonly chance?: number;
  readonly per?: 'connection' | 'exchange';
} & (
  | /** Before each request and each reply. */ {
      readonly kind: 'latency';
      readonly ms: number;
      readonly jitterMs?: number;
    }
  | /** Each way, each connection. */ { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  | /** Pieces of this many bytes, with a pause between them. */ {
      readonly kind: 'slicer';
      readonly bytes: number;
      readonly delayMs: number;
    }
  | /** RST on both sides once this many bytes of the request have passed. */ {
      readonly kind: 'reset-peer';
      readonly afterBytes: number;
    }
  | /** FIN on both sides once this many bytes of the request have passed. */ {
      readonly kind: 'limit-data';
      readonly bytes: number;
    }
  | /** Says nothing more, and never closes, once this many bytes of the request have passed. */ {
      readonly kind: 'half-open';
      readonly afterBytes: number;
    }
  | /** The server has the whole request and answers; RST after this many bytes of its answer. */ {
      readonly kind: 'drop-reply';
      readonly afterBytes: number;
    }
);

export interface TestProxy {
  readonly port: number;
  /** Replaces the toxics; connections that are open take them up at their next exchange. */
  set(toxics: readonly Toxic[]): void;
  /** RST on every open connection. */
  resetAll(): void;
  /** Bytes that came from clients, and that went to them, since the start. */
  readonly bytes: { readonly up: number; readonly down: number };
  /** How often each kind of cut was made. */
  readonly cuts: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Where the server listens now; asked at each connection, since it may move. */
  readonly targetPort: () => number;
  readonly random: Random;
  /** Default: any free one. */
  readonly port?: number;
}

type Direction = 'up' | 'down';

interface ProxyState {
  toxics: readonly Toxic[];
  readonly random: Random;
  readonly bytes: Record<Direction, number>;
  readonly cuts: Record<string, number>;
}

/** A loopback TCP proxy. A target that is down looks as it does without a proxy: the connection is reset. */
export async function startProxy({ targetPort, random, port = 0 }: ProxyOptions): Promise<TestProxy> {
  const state: ProxyState = { toxics: [], random, bytes: { up: 0, down: 0 }, cuts: {} };
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ port: targetPort(), host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
    joinSockets(client, upstream, state);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const resetAll = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    set(toxics) {
      state.toxics = toxics;
    },
    resetAll,
    bytes: state.bytes,
    cuts: state.cuts,
    async close() {
      const closed = once(server, 'close');
      server.close();
      resetAll();
      await closed;
    },
  };
}

function joinSockets(client: Socket, upstream: Socket, state: ProxyState): void {
  const faults = createFaults(state);
  const reset = () => {
    if (!client.destroyed) client.resetAndDestroy();
    if (!upstream.destroyed) upstream.resetAndDestroy();
  };
  const sockets = { up: { from: client, to: upstream }, down: { from: upstream, to: client } };
  for (const socket of [client, upstream]) socket.on('error', reset).on('close', () => faults.close());
  for (const direction of ['up', 'down'] as const) {
    const { from, to } = sockets[direction];
    // A socket that dies ends the loop with its error, which the listener above has dealt with.
    pump(from, to, direction, faults, state).then(
      (cut) => {
        if (cut !== undefined) state.cuts[cut] = (state.cuts[cut] ?? 0) + 1;
        if (cut === 'reset-peer' || cut === 'drop-reply') reset();
        if (cut === 'limit-data') for (const socket of [client, upstream]) socket.destroy();
      },
      () => reset(),
    );
  }
}

type Cut = Exclude<Toxic['kind'], 'latency' | 'bandwidth' | 'slicer'>;

async function pump(
  from: Socket,
  to: Socket,
  direction: Direction,
  faults: Faults,
  state: ProxyState,
): Promise<Cut | undefined> {
  for await (const data of from) {
    await faults.begin(direction);
    for (const piece of faults.slices(data as Buffer)) {
      const { bytes, cut } = faults.admit(direction, piece);
      state.bytes[direction] += bytes.length;
      await faults.pace(bytes.length);
      if (to.destroyed) return undefined;
      if (bytes.length > 0 && !to.write(bytes)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      if (cut === 'half-open') await faults.closed;
      if (cut !== undefined) return cut;
    }
  }
  to.end();
  return undefined;
}

interface Faults {
  /** At the first bytes of a turn: chooses the exchange's toxics, and waits out the latency. */
  begin(direction: Direction): Promise<void>;
  slices(data: Buffer): Buffer[];
  /** How much of a piece may pass, and the cut to make after it. */
  admit(direction: Direction, piece: Buffer): { readonly bytes: Buffer; readonly cut: Cut | undefined };
  pace(bytes: number): Promise<void>;
  readonly closed: Promise<void>;
  close(): void;
}

/** What befalls one connection. */
function createFaults(state: ProxyState): Faults {
  const { random } = state;
  const rolls = (toxic: Toxic) => random.next() < (toxic.chance ?? 1);
  const lasting = new Map<Toxic, boolean>();
  let active: readonly Toxic[] = [];
  let turn: Direction = 'down';
  const passed = { up: 0, down: 0 };
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();

  function choose(): void {
    for (const toxic of state.toxics) if (!lasting.has(toxic)) lasting.set(toxic, rolls(toxic));
    active = state.toxics.filter((toxic) => (toxic.per === 'exchange' ? rolls(toxic) : lasting.get(toxic)));
    passed.up = 0;
    passed.down = 0;
  }
  function find<Kind extends Toxic['kind']>(kind: Kind): Extract<Toxic, { kind: Kind }> | undefined {
    return active.find((toxic) => toxic.kind === kind) as Extract<Toxic, { kind: Kind }> | undefined;
  }
  function limitOf(direction: Direction): { readonly kind: Cut; readonly bytes: number } | undefined {
    if (direction === 'down') {
      const drop = find('drop-reply');
      return drop && { kind: drop.kind, bytes: drop.afterBytes };
    }
    const cut = find('reset-peer') ?? find('half-open');
    const limit = find('limit-data');
    return cut ? { kind: cut.kind, bytes: cut.afterBytes } : limit && { kind: limit.kind, bytes: limit.bytes };
  }

  return {
    closed,
    close,
    async begin(direction) {
      if (direction === turn) return;
      turn = direction;
      if (direction === 'up') choose();
      const latency = find('latency');
      if (latency) await Promise.race([sleep(latency.ms + random.next() * (latency.jitterMs ?? 0)), closed]);
    },
    slices(data) {
      const length = find('slicer')?.bytes ?? data.length;
      return Array.from({ length: Math.ceil(data.length / length) }, (_, index) =>
        data.subarray(index * length, (index + 1) * length),
      );
    },
    admit(direction, piece) {
      const limit = limitOf(direction);
      const room = limit === undefined ? Number.POSITIVE_INFINITY : limit.bytes - passed[direction];
      const bytes = piece.subarray(0, Math.max(0, Math.min(piece.length, room)));
      passed[direction] += bytes.length;
      return { bytes, cut: limit !== undefined && piece.length >= room ? limit.kind : undefined };
    },
    async pace(bytes) {
      const bandwidth = find('bandwidth');
      const slicer = find('slicer');
      const ms = (slicer?.delayMs ?? 0) + (bandwidth ? (bytes / bandwidth.bytesPerSecond) * 1_000 : 0);
      if (ms > 0) await Promise.race([sleep(ms), closed]);
    },
  };
}
