import { type Remote, releaseProxy, wrap } from 'comlink';
import { TicketmintError } from '../core/errors.ts';
import { installErrorTransfer } from './error-transfer.ts';
import type { ExportApi } from './export.worker.ts';
import type { GateApi } from './gate.worker.ts';
import type { ImportApi } from './import.worker.ts';
import type { MintApi } from './mint.worker.ts';
import type { RehearsalApi } from './rehearsal.worker.ts';
import type { TicketsApi } from './tickets.worker.ts';
import type { UploadApi } from './upload.worker.ts';
import type { WorkspaceApi } from './workspace.worker.ts';

installErrorTransfer();

/** Every worker's API by its name. Adding a worker: its file, a line here, and a line in {@link START}. */
export interface WorkerApis {
  readonly export: ExportApi;
  readonly gate: GateApi;
  readonly import: ImportApi;
  readonly mint: MintApi;
  readonly rehearsal: RehearsalApi;
  readonly tickets: TicketsApi;
  readonly upload: UploadApi;
  readonly workspace: WorkspaceApi;
}

export type WorkerKind = keyof WorkerApis;

// Vite finds a worker by this literal form, so each has its own line.
const START = {
  export: () => new Worker(new URL('./export.worker.ts', import.meta.url), { type: 'module', name: 'export' }),
  gate: () => new Worker(new URL('./gate.worker.ts', import.meta.url), { type: 'module', name: 'gate' }),
  import: () => new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module', name: 'import' }),
  mint: () => new Worker(new URL('./mint.worker.ts', import.meta.url), { type: 'module', name: 'mint' }),
  rehearsal: () => new Worker(new URL('./rehearsal.worker.ts', import.meta.url), { type: 'module', name: 'rehearsal' }),
  tickets: () => new Worker(new URL('./tickets.worker.ts', import.meta.url), { type: 'module', name: 'tickets' }),
  upload: () => new Worker(new URL('./upload.worker.ts', import.meta.url), { type: 'module', name: 'upload' }),
  workspace: () => new Worker(new URL('./workspace.worker.ts', import.meta.url), { type: 'module', name: 'workspace' }),
} satisfies Record<WorkerKind, () => Worker>;

export interface WorkerHandle<Kind extends WorkerKind> {
  /**
   * Calls the worker. Rejects when the worker dies (`internal`, retryable) or the signal aborts (its reason); an abort
   * ends the worker, since a signal cannot cross to it. Use a `cancel` of the API where the worker should live on.
   */
  call<Result>(
    use: (api: Remote<WorkerApis[Kind]>) => Promise<Result>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result>;
  /** Ends the worker; calls under way reject with `aborted`. */
  terminate(): void;
}

/**
 * Those of a page that is left end with it: WebKit may keep such a page for the way back, with frozen workers whose locks and
 * transactions stand in the way of every later page. Nothing is told of their end, as nobody is there to act on it.
 */
const alive = new Set<Worker>();
addEventListener('pagehide', () => {
  for (const worker of alive) worker.terminate();
});

/** Starts a worker. The one place that owns workers' lives: start, crash, abort, end. */
export function startWorker<Kind extends WorkerKind>(kind: Kind): WorkerHandle<Kind> {
  const worker = START[kind]();
  alive.add(worker);
  const api = wrap<WorkerApis[Kind]>(worker);
  const { promise: ended, reject: end } = Promise.withResolvers<never>();
  // Calls race against this promise; when none is under way its rejection has no other reader.
  ended.catch(() => {});
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    terminate(new TicketmintError('internal', `the ${kind} worker stopped: ${event.message}`, { retryable: true }));
  });
  let isEnded = false;
  const terminate = (reason: unknown = new TicketmintError('aborted', `the ${kind} worker was ended`)) => {
    if (isEnded) return;
    isEnded = true;
    api[releaseProxy]();
    worker.terminate();
    alive.delete(worker);
    end(reason);
  };
  return {
    async call(use, { signal } = {}) {
      signal?.throwIfAborted();
      if (isEnded) return ended;
      const onAbort = () => terminate(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        return await Promise.race([use(api), ended]);
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    terminate: () => terminate(),
  };
}
