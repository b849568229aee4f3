import { useEffect, useSyncExternalStore } from 'react';
import { type ChunkSlot, type ChunkSource, chunkSourceOf } from './chunk-source.ts';

/**
 * Loads chunks of one batch as they come into view.
 * @param seqs ascending; those that leave it before they are there are given up.
 */
export function useChunks(eventId: string, batchId: string, seqs: readonly number[]): (seq: number) => ChunkSlot {
  const source = useChunkSource(eventId);
  const wanted = seqs.join();
  useEffect(() => {
    source.want(batchId, wanted === '' ? [] : wanted.split(',').map(Number));
  }, [source, batchId, wanted]);
  return (seq) => source.peek(batchId, seq);
}

/** The event's chunk source; the component is drawn again when a chunk arrives. */
export function useChunkSource(eventId: string): ChunkSource {
  const source = chunkSourceOf(eventId);
  useSyncExternalStore(source.subscribe, source.version);
  return source;
}
