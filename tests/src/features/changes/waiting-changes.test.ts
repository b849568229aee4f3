import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import type { Correction, Revocation } from '../../../../core/api/batch.ts';
import { connection } from '../../../../src/api/connection.ts';
import { relaxedDatabase } from '../../../../src/database/database.ts';
import {
  addChange,
  type ChangeContent,
  readChanges,
  undoChange,
  updateChange,
} from '../../../../src/database/waiting-changes.ts';
import { ensureChangeSender } from '../../../../src/features/changes/change-sender.ts';
import { correctionsWith, revocationsWith } from '../../../../src/features/changes/overlay.ts';
import { findCorrected } from '../../../../src/features/tickets/find-corrected.ts';

const BATCH = '0123456789ab';
const REVOKE: ChangeContent = { kind: 'revoke', batch: BATCH, from: 1, to: 10, reason: 'stolen' };
const correct = (value: string, basedOn?: number | null): ChangeContent => ({
  ...{ kind: 'correct', batch: BATCH, serial: 3, column: 'holder', value },
  ...(basedOn === undefined ? {} : { basedOn }),
});
const REVOCATION: Revocation = {
  id: 7,
  batch: BATCH,
  from: 5,
  to: 5,
  reason: '',
  createdAt: 1,
  createdBy: 'A',
  undoneAt: null,
};

let made = 0;
function add(content: ChangeContent) {
  const nonce = (++made).toString(16).padStart(32, '0');
  return addChange({ nonce, eventId: 'event', madeAt: 1_000, madeBy: 'Asha', content });
}

afterEach(async () => {
  vi.unstubAllGlobals();
  await relaxedDatabase().settings.clear();
});

test('changes keep their order, and one that was never sent can be undone', async () => {
  const [first, second] = [await add(REVOKE), await add(correct('Ravi', null))];
  expect((await readChanges()).map(({ nonce }) => nonce)).toEqual([first.nonce, second.nonce]);
  await updateChange(first, { state: 'sending' });
  expect([await undoChange(first), await undoChange(second)]).toEqual([false, true]);
  expect(await readChanges()).toMatchObject([{ nonce: first.nonce, state: 'sending' }]);
});

test('a correction takes the place of one of the same field that was never sent, and what that was based on', async () => {
  await add(correct('Ravi', 42));
  await add(correct('Ravindra'));
  expect((await readChanges()).map(({ content }) => content)).toEqual([correct('Ravindra', 42)]);
});

test('what waits is laid over what the server told, until it tells it itself; what it refused is not', async () => {
  const revoked = await add(REVOKE);
  await add({ kind: 'undo-revocation', revocationId: 7, batch: BATCH, from: 5, to: 5 });
  await add(correct('Ravi'));
  const changes = await readChanges();
  expect(revocationsWith(changes, [REVOCATION]).map(({ from, undoneAt }) => [from, undoneAt])).toEqual([
    [5, 1_000],
    [1, null],
  ]);
  const told = [REVOCATION, { ...REVOCATION, id: 8, from: 1, to: 10, nonce: revoked.nonce }];
  expect(revocationsWith(changes, told)).toHaveLength(2);
  const before: Correction = { batch: BATCH, serial: 3, column: 'holder', value: 'Asha', createdAt: 1, createdBy: 'A' };
  const shown = correctionsWith(changes, BATCH, [before]);
  expect(shown.map(({ value }) => value)).toEqual(['Asha', 'Ravi']);
  expect([findCorrected(shown, 'rav'), findCorrected(shown, 'asha')]).toMatchObject([[{ serial: 3 }], []]);
  const refused = changes.map((change) => ({ ...change, state: 'refused' as const }));
  expect([revocationsWith(refused, [REVOCATION]), correctionsWith(refused, BATCH, [before])]).toEqual([
    [REVOCATION],
    [before],
  ]);
});

test('what waits is sent in order, again after a lost reply under the same nonce, and a refusal stays', async () => {
  const sent: { readonly nonce: string; readonly url: string }[] = [];
  vi.stubGlobal('fetch', async (...call: ConstructorParameters<typeof Request>) => {
    const request = new Request(...call);
    if (request.method === 'GET') return Response.json([]);
    const body = (await request.json()) as { readonly nonce: string; readonly column?: string };
    sent.push({ nonce: body.nonce, url: new URL(request.url).pathname });
    if (sent.length === 1) throw new TypeError('Failed to fetch');
    const { nonce, column } = body;
    if (column !== undefined)
      return Response.json(
        { type: 'about:blank', title: '', status: 409, code: 'correction-conflict' },
        { status: 409, headers: { 'Content-Type': 'application/problem+json' } },
      );
    return Response.json({ ...REVOCATION, from: 1, to: 10, reason: 'stolen', nonce }, { status: 201 });
  });
  const revoked = await add(REVOKE);
  const corrected = await add(correct('Ravi', null));
  connection.report('online');
  ensureChangeSender(new QueryClient());
  await expect.poll(() => sent.length).toBe(1);
  connection.report('online');
  await expect.poll(readChanges).toMatchObject([{ state: 'refused', refusal: { code: 'correction-conflict' } }]);
  expect(sent.map(({ nonce }) => nonce)).toEqual([revoked.nonce, revoked.nonce, corrected.nonce]);
});
