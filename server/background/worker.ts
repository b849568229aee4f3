import { setPriority } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { ChunkVerification } from '../store/store.ts';
import type { BackgroundStart, FromBackground, ToBackground } from './messages.ts';
import { Pace } from './pace.ts';
import { SearchIndexer } from './search-index.ts';
import { SearchQuery } from './search-query.ts';
import { openSearchIndex } from './search-schema.ts';
import { Verifier } from './verifier.ts';

/** Results are told at least this often, several at once: each telling costs the main thread a commit. */
const TELL_MS = 250;
const port = parentPort;
if (port === null) throw new TypeError('expected to run as a worker thread');

const start = workerData as BackgroundStart;
const main = new DatabaseSync(start.databaseFile, { readOnly: true, timeout: 5_000 });
const index = openSearchIndex(start.searchFile, main, start.rebuild);
const indexer = new SearchIndexer(index, main);
const query = new SearchQuery(index, main);
const verifier = new Verifier(main);
const pace = new Pace();
let wake = Promise.withResolvers<void>();
let isClosing = false;

port.on('message', (message: ToBackground) => {
  if (message.kind === 'search') tell({ kind: 'found', id: message.id, result: query.answer(message.search) });
  if (message.kind === 'removal') indexer.remove(message.eventId);
  if (message.kind === 'chunk') pace.noteChunk();
  if (message.kind === 'close') isClosing = true;
  wake.resolve();
});

// On Linux niceness is a thread's own: the scheduler then prefers the thread that takes uploads.
if (process.platform === 'linux') setPriority(10);
await work();
index.close();
main.close();
tell({ kind: 'closed' });
port.close();

/** Indexes, then verifies, one slice at a time; listens for messages between slices; sleeps when all is done. */
async function work(): Promise<void> {
  let results: ChunkVerification[] = [];
  let toldAt = Date.now();
  while (!isClosing) {
    const task = slices();
    let sliceMs = 0;
    let step: IteratorResult<void, ChunkVerification | undefined>;
    do {
      await pace.beforeSlice(sliceMs);
      const startedAt = performance.now();
      step = task.next();
      sliceMs = performance.now() - startedAt;
      await nextTurn();
    } while (!step.done && !isClosing);
    const result = step.done ? step.value : undefined;
    if (result !== undefined) results.push(result);
    if (results.length > 0 && (result === undefined || Date.now() - toldAt > TELL_MS)) {
      tell({ kind: 'verified', results });
      results = [];
      toldAt = Date.now();
    }
    if (result === undefined && !isClosing) await sleepUntilWoken();
  }
}

/** All that waits for the index, then one chunk's verification. */
function* slices(): Generator<void, ChunkVerification | undefined> {
  while (indexer.step()) yield;
  return yield* verifier.verifyNext();
}

async function sleepUntilWoken(): Promise<void> {
  await wake.promise;
  wake = Promise.withResolvers();
}

function tell(message: FromBackground): void {
  port?.postMessage(message);
}
