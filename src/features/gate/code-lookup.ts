import type { GateSession } from '../../../core/api/gate-device.ts';
import { codeLookupAnswerSchema } from '../../../core/api/gate-pack.ts';
import type { TicketId } from '../../../core/gate/decide.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import { connection } from '../../api/connection.ts';
import type { GatePacks } from './gate-packs.ts';
import type { ShownVerdict } from './scan-outcome.ts';

/** Somebody waits at the gate. */
const REQUEST = { timeout: 3_000, retry: 0 } as const;

/** The tickets that have a code, or why there are none. */
export type CodeFinding =
  | { readonly tickets: readonly [TicketId, ...TicketId[]] }
  | { readonly verdict: Extract<ShownVerdict, { readonly kind: 'short-code' | 'code-unknown' }> };

/**
 * Finds tickets by a short code: among the codes on this device, else by asking the server, which may know newer ones.
 * @param code as `parseShortCode` gives it.
 */
export async function lookUpCode(code: string, session: GateSession, packs: GatePacks): Promise<CodeFinding> {
  const here = (await packs.codes())?.find(code) ?? [];
  if (isSome(here)) return { tickets: here };
  const answer = await askServer(code, session);
  if (answer !== undefined && 'verdict' in answer) return answer;
  if (answer !== undefined && isSome(answer.tickets)) return { tickets: answer.tickets };
  if (answer !== undefined)
    return { verdict: { kind: 'code-unknown', asOf: null, isIndexing: answer.notYetIndexed > 0 } };
  const { codes } = packs.view;
  if (codes === undefined || codes.at === null) return { verdict: { kind: 'short-code', why: 'not-here' } };
  return { verdict: { kind: 'code-unknown', asOf: codes.at, isIndexing: !codes.isWhole } };
}

/** `undefined` where it cannot be reached. */
async function askServer(code: string, { event }: GateSession) {
  if (connection.state !== 'online') return undefined;
  const path = `events/${event.id}/ticket-codes`;
  try {
    return await api.post(path, { ...REQUEST, json: { code } }).json(codeLookupAnswerSchema);
  } catch (error) {
    // A network's own page in place of an answer, too, leaves the steward with what is known here.
    const isTooMany = error instanceof ApiProblem && error.code === 'rate-limited';
    return isTooMany ? { verdict: { kind: 'short-code', why: 'too-many' } as const } : undefined;
  }
}

function isSome<Item>(items: readonly Item[]): items is readonly [Item, ...Item[]] {
  return items.length > 0;
}
