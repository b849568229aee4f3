import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { liveQuery } from 'dexie';
import { bytesToHex } from '../../../core/ticket/token.ts';
import { ApiProblem, type ApiProblemCode } from '../../api/api-problem.ts';
import { connection } from '../../api/connection.ts';
import { addChange, type ChangeContent, readChanges, removeChange } from '../../database/waiting-changes.ts';
import { meQuery } from '../session/api/get-me.ts';
import { ensureChangeSender } from './change-sender.ts';

/** `on-server`: it holds everywhere. `on-device`: it holds here, waits, and goes up by itself. */
export type ChangeOutcome = 'on-server' | 'on-device';

/** How long a form waits for the server before it leaves the change to itself. */
const PATIENCE_MS = 8_000;

/**
 * Revokes, takes a revocation back, or corrects: on this device at once, on the server as soon as it can be reached.
 * Rejects with what the server refused while the form was waiting; nothing of it is left then.
 */
export function useMakeChange(eventId: string) {
  const queryClient = useQueryClient();
  const { data: me } = useQuery(meQuery);
  return useMutation({
    mutationFn: async (content: ChangeContent): Promise<ChangeOutcome> => {
      const nonce = bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
      await addChange({ nonce, eventId, madeAt: Date.now(), madeBy: me?.name ?? '', content });
      ensureChangeSender(queryClient);
      return outcomeOf(nonce);
    },
  });
}

async function outcomeOf(nonce: string): Promise<ChangeOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<ChangeOutcome>();
  const giveUp = () => resolve('on-device');
  const giveUpOffline = () => connection.state !== 'online' && giveUp();
  const timer = setTimeout(giveUp, PATIENCE_MS);
  const unsubscribe = connection.subscribe(giveUpOffline);
  const watching = liveQuery(readChanges).subscribe((changes) => {
    const change = changes.find((one) => one.nonce === nonce);
    if (change === undefined) resolve('on-server');
    else if (change.refusal !== null) {
      const { code, detail } = change.refusal;
      // Said where it was asked for, so that it need not be said again.
      removeChange(change).then(() => reject(new ApiProblem(code as ApiProblemCode, detail)), reject);
    }
  }, reject);
  giveUpOffline();
  return promise.finally(() => {
    clearTimeout(timer);
    unsubscribe();
    watching.unsubscribe();
  });
}
