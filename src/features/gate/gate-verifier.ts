import { preferredProtection } from '../../../core/ticket/signer/choose.ts';
import type { SignatureEngine } from '../../../core/ticket/signer/signer.ts';
import { webCryptoEngine } from '../../../core/ticket/signer/web-crypto.ts';
import { startWorker, type WorkerHandle } from '../../../workers/bridge.ts';

type Verify = SignatureEngine['verify'];

/**
 * What verifies signatures without holding up the page: WebCrypto, which has threads of its own, or the software engine in
 * a worker, as one signature takes it up to 50 ms on a phone.
 */
export async function gateVerifier(): Promise<Verify> {
  return (await preferredProtection()) === 'webcrypto' ? webCryptoEngine.verify : workerVerifier();
}

function workerVerifier(): Verify {
  let worker: WorkerHandle<'gate'> | undefined;
  const ask: Verify = (publicKey, signature, message) => {
    worker ??= startWorker('gate');
    return worker.call((api) => api.verify(publicKey, signature, message));
  };
  return async (...parts) => {
    try {
      return await ask(...parts);
    } catch {
      // It was ended, for want of memory perhaps: another one takes its place, once.
      worker?.terminate();
      worker = undefined;
      return ask(...parts);
    }
  };
}
