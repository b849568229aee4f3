/** How a batch's private key is kept on the device; part of the batch's manifest. */
export type KeyProtection = 'webcrypto' | 'software';

/**
 * A batch's private key as it lies in the local database: a non-extractable WebCrypto key, or, where WebCrypto lacks
 * Ed25519, a seed sealed under a non-extractable AES-GCM key. Both survive structured cloning; neither can be exported.
 */
export type StoredKey =
  | { readonly protection: 'webcrypto'; readonly privateKey: CryptoKey }
  | {
      readonly protection: 'software';
      readonly wrappingKey: CryptoKey;
      readonly iv: Uint8Array<ArrayBuffer>;
      readonly sealedSeed: Uint8Array<ArrayBuffer>;
    };

export interface BatchKeyPair {
  /** Raw, 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly storedKey: StoredKey;
}

/** Signs with one batch's key until it is closed. */
export interface Signer {
  /** Signs all messages; the results lie in order, 64 bytes each, in one buffer. */
  signAll(messages: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>>;
  /** Forgets the key (overwrites a seed). The signer must not be used afterwards. */
  close(): void;
}

/** One way to make and use keys. The two are twins: same inputs, same bytes (RFC 8032 signatures are deterministic). */
export interface SignatureEngine {
  generateKeyPair(): Promise<BatchKeyPair>;
  openSigner(storedKey: StoredKey): Promise<Signer>;
  /** Strict RFC 8032 verification: canonical encodings only, no key of small order, no cofactor. */
  verify(
    publicKey: Uint8Array<ArrayBuffer>,
    signature: Uint8Array<ArrayBuffer>,
    message: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
}
