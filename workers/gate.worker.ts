import { expose } from 'comlink';
import type { SignatureEngine } from '../core/ticket/signer/signer.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { readCode } from './gate/read-code.ts';

installErrorTransfer();

/** For browsers whose WebCrypto lacks Ed25519. */
const verify: SignatureEngine['verify'] = async (...parts) => {
  const { nobleEngine } = await import('../core/ticket/signer/noble.ts');
  return nobleEngine.verify(...parts);
};

const api = {
  /** See {@link SignatureEngine}; by the software engine. */
  verify,
  /** See {@link readCode}. */
  readCode,
};
export type GateApi = typeof api;

expose(api);
