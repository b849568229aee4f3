import { afterEach, expect, it, vi } from 'vitest';
import { hasWebCryptoEd25519, webCryptoEngine } from '../../../../core/ticket/signer/web-crypto.ts';

afterEach(() => vi.restoreAllMocks());

const failing = (name: string) => Promise.reject(new DOMException('as an engine says it', name));

it('makes a key where the engine fails at one by chance, as WebKitGTK does', async () => {
  const generate = vi.spyOn(crypto.subtle, 'generateKey');
  generate.mockImplementationOnce(() => failing('OperationError') as never);
  const { publicKey } = await webCryptoEngine.generateKeyPair();
  expect([publicKey.length, generate.mock.calls.length]).toEqual([32, 2]);
});

it('gives up where it fails each time, and at once where the engine has no Ed25519', async () => {
  const generate = vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(() => failing('OperationError') as never);
  await expect(webCryptoEngine.generateKeyPair()).rejects.toThrow('as an engine says it');
  expect(generate).toHaveBeenCalledTimes(5);
  generate.mockClear().mockImplementation(() => failing('NotSupportedError') as never);
  expect(await hasWebCryptoEd25519()).toBe(false);
  expect(generate).toHaveBeenCalledTimes(1);
});
