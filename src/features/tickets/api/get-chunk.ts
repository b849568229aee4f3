import { type Chunk, decodeTrustedChunk } from '../../../../core/chunk/chunk.ts';
import { api } from '../../../api/client.ts';

/** A stored chunk, as the server that checked it gives it back. */
export async function getChunk(eventId: string, batchId: string, seq: number, signal: AbortSignal): Promise<Chunk> {
  const bytes = await api.get(`events/${eventId}/batches/${batchId}/chunks/${seq}`, { signal }).arrayBuffer();
  return decodeTrustedChunk(new Uint8Array(bytes));
}
