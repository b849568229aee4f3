import type { QueryClient } from '@tanstack/react-query';
import { correctionSchema, revocationSchema } from '../../../core/api/batch.ts';
import { ApiProblem, type ApiProblemCode } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import { askAndKeep } from '../../api/known-answers.ts';
import type { WaitingChange } from '../../database/waiting-changes.ts';
import { revocationsQuery } from '../batches/api/get-revocations.ts';
import { correctionsQuery } from '../tickets/api/get-corrections.ts';

/** What became of one attempt. `later`: nobody knows, or the server asked to wait. */
export type SendResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: ApiProblemCode; readonly detail: string }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'later'; readonly waitMs: number | undefined };

/** Answers that a repetition may turn into others. */
const PASSING: ReadonlySet<ApiProblemCode> = new Set([
  'unreachable',
  'timed-out',
  'unexpected-answer',
  'rate-limited',
  'overloaded',
  'storage-full',
  'internal',
]);

const TIMEOUT_MS = 10_000;

/**
 * Sends one change, and reads again what it changes, so that this device knows it from the server before its own note of it
 * goes. May be called again with the same change: its nonce makes it one.
 */
export async function sendChange(queryClient: QueryClient, change: WaitingChange): Promise<SendResult> {
  try {
    await post(change);
    await readAgain(queryClient, change);
    return { kind: 'done' };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const { code, message, reason, retryAfterMs } = error;
    if (code === 'not-signed-in') return { kind: 'signed-out' };
    if (PASSING.has(code)) return { kind: 'later', waitMs: retryAfterMs };
    return { kind: 'refused', code, detail: reason ?? message };
  }
}

async function post({ eventId, nonce, content }: WaitingChange): Promise<void> {
  const options = { timeout: TIMEOUT_MS, retry: 0 };
  if (content.kind === 'undo-revocation') {
    await api.delete(`events/${eventId}/revocations/${content.revocationId}`, options).json(revocationSchema);
    return;
  }
  if (content.kind === 'revoke') {
    const { kind: _, ...range } = content;
    await api.post(`events/${eventId}/revocations`, { ...options, json: { ...range, nonce } }).json(revocationSchema);
    return;
  }
  const { kind: _, batch, ...correction } = content;
  const json = { ...correction, nonce };
  await api.post(`events/${eventId}/batches/${batch}/corrections`, { ...options, json }).json(correctionSchema);
}

/** Counts of batch and event change with it, so everything of the event that is on the screen is read again. */
async function readAgain(queryClient: QueryClient, { eventId, content }: WaitingChange): Promise<void> {
  const fresh = { staleTime: 0 };
  await (content.kind === 'correct'
    ? queryClient.fetchQuery({ ...correctionsQuery(eventId, content.batch, askAndKeep), ...fresh })
    : queryClient.fetchQuery({ ...revocationsQuery(eventId, askAndKeep), ...fresh }));
  await queryClient.invalidateQueries({ queryKey: ['events', eventId] });
}
