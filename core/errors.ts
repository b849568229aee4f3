/** Every failure of our own that a caller can act on, by a stable code. The code crosses threads and the network. */
export type ErrorCode =
  | 'token-malformed'
  | 'chunk-invalid'
  | 'list-invalid'
  | 'mint-invalid'
  | 'mint-storage-full'
  | 'mint-storage-lost'
  | 'mint-key-missing'
  | 'export-row-invalid'
  | 'export-incomplete'
  | 'export-interrupted'
  | 'export-sort-too-large'
  | 'export-sink-failed'
  | 'font-missing'
  | 'image-invalid'
  | 'layout-invalid'
  | 'workspace-damaged'
  | 'workspace-passphrase-wrong'
  | 'workspace-unsupported'
  | 'gate-message-invalid'
  | 'aborted'
  | 'internal';

/** Plain data that survives `postMessage` and JSON; see {@link TicketmintError.toData}. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Base of our errors. Messages say what was expected and what came, never a key, a signature or personal data.
 */
export class TicketmintError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly cause?: unknown;
      readonly retryable?: boolean;
      readonly details?: Record<string, unknown>;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TicketmintError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }

  toData(): ErrorData {
    return { code: this.code, message: this.message, retryable: this.retryable, details: this.details };
  }

  static fromData(data: ErrorData): TicketmintError {
    return new TicketmintError(data.code, data.message, { retryable: data.retryable, details: { ...data.details } });
  }
}
