/** More than the 64 MiB of memory outside its heap from which V8 begins a collection. */
const PRESSURE_BYTES = 70 * 1024 * 1024;
/** What may become garbage between two collections. */
const COLLECT_EVERY_BYTES = 16 * 1024 * 1024;

let bytesSince = 0;

/**
 * Makes the engine collect a worker's garbage soon. Chromium lets a fresh worker grow by some 100 MB before its first
 * full collection, though next to nothing of it is alive (each WebCrypto or IndexedDB call leaves objects of the
 * browser's behind, which only a full collection frees); after one, it collects at a few MB. A buffer that is never
 * touched takes addresses but no memory, and counts as pressure. Elsewhere this does nothing, quickly.
 */
export function collectEarly(): void {
  bytesSince = 0;
  try {
    new ArrayBuffer(PRESSURE_BYTES).slice(0, 0);
  } catch {
    // No room for the addresses: then the engine is collecting anyway.
  }
}

/**
 * Collects once {@link COLLECT_EVERY_BYTES} have gone through the worker. Buffers lie outside the engine's heap, which
 * lets 64 MiB of them become garbage in each worker before it looks.
 * @param bytes read or made since the last call.
 */
export function collectAfter(bytes: number): void {
  bytesSince += bytes;
  if (bytesSince >= COLLECT_EVERY_BYTES) collectEarly();
}
