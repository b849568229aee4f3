import type { TicketHit } from '../../../core/api/batch.ts';
import { parseShortCode } from '../../../core/ticket/short-code.ts';
import { normalizeTokenInput, parseToken, TOKEN_TEXT_LENGTH } from '../../../core/ticket/token.ts';

/** What was typed or scanned, understood as far as that goes without looking anything up. */
export type TicketQuery =
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'not-a-token' }
  | { readonly kind: 'code'; readonly code: string; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** A long run of base32 was meant as a token, even where it is not one. */
const TOKEN_LIKE = new RegExp(`^[A-Z2-7]{${TOKEN_TEXT_LENGTH - 12},}$`);

export function understandQuery(q: string): TicketQuery {
  const normalized = normalizeTokenInput(q);
  if (parseToken(normalized) !== undefined) return { kind: 'token', text: normalized };
  if (TOKEN_LIKE.test(normalized)) return { kind: 'not-a-token' };
  const code = parseShortCode(q);
  return code === undefined ? { kind: 'text', text: q.trim() } : { kind: 'code', code, text: q.trim() };
}

/** The server's hits and this device's, each ticket once, in the order of batches given and then by serial. */
export function mergeHits(
  batchOrder: readonly string[],
  ...sources: readonly (readonly TicketHit[] | undefined)[]
): readonly TicketHit[] {
  const byTicket = new Map<string, TicketHit>();
  for (const hit of sources.flatMap((hits) => hits ?? [])) {
    const key = `${hit.batch}/${hit.serial}`;
    if (!byTicket.has(key)) byTicket.set(key, hit);
  }
  const rank = new Map(batchOrder.map((id, index) => [id, index]));
  const rankOf = (hit: TicketHit) => rank.get(hit.batch) ?? batchOrder.length;
  return [...byTicket.values()].sort((left, right) => rankOf(left) - rankOf(right) || left.serial - right.serial);
}
