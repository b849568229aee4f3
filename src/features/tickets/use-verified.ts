import { useQuery } from '@tanstack/react-query';
import type { Chunk } from '../../../core/chunk/chunk.ts';
import { decodeBase64Url } from '../../../core/ticket/base64url.ts';
import { verificationEngine } from '../../../core/ticket/signer/choose.ts';
import { SIGNATURE_BYTES, signedMessageWriter } from '../../../core/ticket/token.ts';
import type { BatchView } from '../batches/batch-view.ts';

/** Checks a ticket's signature on this device, with the batch's public key. */
export function useVerified(batch: BatchView, chunk: Chunk, serial: number): 'checking' | 'valid' | 'invalid' {
  const publicKey = batch.server?.publicKey ?? batch.local?.publicKey ?? '';
  const { data } = useQuery({
    queryKey: ['verified', batch.id, serial],
    queryFn: async () => {
      const engine = await verificationEngine();
      const start = (serial - chunk.firstSerial) * SIGNATURE_BYTES;
      const signature = chunk.signatures.slice(start, start + SIGNATURE_BYTES);
      const message = signedMessageWriter(batch.id, batch.typeIndex)(serial);
      return engine.verify(decodeBase64Url(publicKey), signature, message);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return 'checking';
  return data ? 'valid' : 'invalid';
}
