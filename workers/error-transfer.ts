import { type TransferHandler, transferHandlers } from 'comlink';
import { type ErrorData, TicketmintError } from '../core/errors.ts';

interface ThrownValue {
  readonly value: unknown;
}
type Thrown =
  | { readonly kind: 'ours'; readonly data: ErrorData }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string | undefined }
  | { readonly kind: 'value'; readonly value: unknown };

/**
 * Comlink carries only name, message and stack of an error. This handler keeps our errors' code, `retryable` and details.
 * Call it on both sides before the first call.
 */
export function installErrorTransfer(): void {
  const comlinkOwn = transferHandlers.get('throw');
  if (comlinkOwn === undefined) throw new TypeError('expected Comlink to have a handler for thrown values');
  transferHandlers.set('throw', {
    canHandle: (value): value is ThrownValue => comlinkOwn.canHandle(value),
    serialize: ({ value }) => [describeThrown(value), []],
    deserialize(thrown) {
      throw rebuild(thrown);
    },
  } satisfies TransferHandler<ThrownValue, Thrown> as TransferHandler<unknown, unknown>);
}

function describeThrown(value: unknown): Thrown {
  if (value instanceof TicketmintError) return { kind: 'ours', data: value.toData() };
  if (value instanceof Error) return { kind: 'error', name: value.name, message: value.message, stack: value.stack };
  return { kind: 'value', value };
}

function rebuild(thrown: Thrown): unknown {
  if (thrown.kind === 'ours') return TicketmintError.fromData(thrown.data);
  if (thrown.kind === 'value') return thrown.value;
  const error = new Error(thrown.message);
  error.name = thrown.name;
  if (thrown.stack !== undefined) error.stack = thrown.stack;
  return error;
}
