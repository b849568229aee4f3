import { describe, expect, test } from 'vitest';
import type { BatchStatus } from '../../../../core/api/batch.ts';
import type { LocalBatch } from '../../../../src/database/database.ts';
import { isTest, isWaitingForApproval } from '../../../../src/features/batches/approval-state.ts';
import { type BatchView, mergeBatches } from '../../../../src/features/batches/batch-view.ts';
import { attentionOf } from '../../../../src/features/overview/attention.ts';

const shape = {
  runId: 'f'.repeat(32),
  typeIndex: 0,
  publicKey: 'A'.repeat(43),
  count: 1_100,
  chunkSize: 500,
  notBefore: null,
  notAfter: null,
  keyProtection: 'webcrypto',
} as const;

const local = (changes: Partial<LocalBatch> = {}): LocalBatch => ({
  ...shape,
  id: '0123456789ab',
  eventId: 'event',
  proof: '',
  mintedAt: 1_000,
  personalised: false,
  seatPattern: null,
  seatOffset: 0,
  fromList: false,
  state: 'minted',
  declared: true,
  acknowledged: [],
  refused: [],
  sealed: null,
  freed: false,
  ...changes,
});

const server = (changes: Partial<BatchStatus> = {}): BatchStatus => ({
  ...shape,
  id: '0123456789ab',
  state: 'open',
  sealReason: null,
  sealedAt: null,
  declaredAt: 2_000,
  declaredBy: 'Meera',
  activeAt: 0,
  stored: 0,
  verified: 0,
  quarantined: 0,
  revoked: 0,
  personalised: false,
  ...changes,
});

const merge = (own: readonly LocalBatch[], theirs: readonly BatchStatus[], buffered = new Map<string, number>()) =>
  mergeBatches({ eventId: 'event', local: own, server: theirs, buffered });

describe('mergeBatches', () => {
  test('one batch, known to both, is one', () => {
    const [view, ...others] = merge([local({ acknowledged: [[0, 1]] })], [server({ stored: 500 })]);
    expect(others).toEqual([]);
    // The acknowledgement is newer than the list.
    expect(view).toMatchObject({ stored: 1_000, minted: 1_100, startedBy: 'Meera', state: 'uploading' });
  });

  test('a batch that the server does not know yet is there, with what is buffered', () => {
    const [view] = merge([local({ state: 'minting', declared: false })], [], new Map([['0123456789ab', 500]]));
    expect(view).toMatchObject({ state: 'minting', buffered: 500, minted: 500, stored: 0 });
  });

  test('a batch of another device says so, and once it is sealed, how', () => {
    expect(merge([], [server()])[0]?.state).toBe('elsewhere');
    expect(merge([], [server({ state: 'sealed', sealReason: 'complete' })])[0]?.state).toBe('complete');
  });

  test('the newest comes first', () => {
    const views = merge([local({ id: 'aaaaaaaaaaaa', mintedAt: 9_000 })], [server()]);
    expect(views.map(({ id }) => id)).toEqual(['aaaaaaaaaaaa', '0123456789ab']);
  });
});

describe('a batch', () => {
  const viewOf = (own: readonly LocalBatch[], theirs: readonly BatchStatus[]) => merge(own, theirs)[0] as BatchView;
  const asks = { approval: true };

  test('waits for approval as the server says, also where the event asks for none any more', () => {
    const approval = { at: 1, by: 'Asha' };
    expect(isWaitingForApproval(viewOf([local()], [server({ approval: null })]), {})).toBe(true);
    expect(isWaitingForApproval(viewOf([local()], [server({ approval })]), asks)).toBe(false);
    expect(isWaitingForApproval(viewOf([local()], [server()]), asks)).toBe(false);
  });

  test('that the server has not heard of will wait where the event asks for it', () => {
    expect(isWaitingForApproval(viewOf([local()], []), asks)).toBe(true);
    expect(isWaitingForApproval(viewOf([local()], []), {})).toBe(false);
    expect(isWaitingForApproval(viewOf([local({ rehearsal: true })], []), asks)).toBe(false);
    expect(isWaitingForApproval(viewOf([local({ rehearsal: true })], []), { ...asks, demo: true })).toBe(true);
  });

  test('is a test when it is a rehearsal of an event in earnest', () => {
    expect(isTest(viewOf([local({ rehearsal: true })], []), {})).toBe(true);
    expect(isTest(viewOf([], [server({ rehearsal: true })]), {})).toBe(true);
    expect(isTest(viewOf([], [server({ rehearsal: true })]), { demo: true })).toBe(false);
    expect(isTest(viewOf([local()], [server()]), {})).toBe(false);
  });
});

describe('attentionOf', () => {
  test('names what is wrong, the worst first', () => {
    const views = merge(
      [
        local({ id: 'aaaaaaaaaaaa', refused: [{ seq: 0, code: 'chunk-conflict', detail: '' }] }),
        local({ id: 'bbbbbbbbbbbb' }),
      ],
      [
        server({ quarantined: 500, stored: 500 }),
        server({ id: 'cccccccccccc', state: 'sealed', sealReason: 'lost', stored: 500 }),
      ],
      new Map([['bbbbbbbbbbbb', 1_100]]),
    );
    expect(attentionOf(views).map(({ kind }) => kind)).toEqual(['quarantined', 'refused', 'lost', 'not-uploaded']);
  });

  test('sums up what waits for approval, and names one alone', () => {
    const waiting = server({ approval: null });
    const [one] = attentionOf(merge([], [waiting]));
    expect(one).toMatchObject({
      kind: 'not-approved',
      batchId: waiting.id,
      happened: '1,100 tickets wait for approval.',
    });
    const [both, ...others] = attentionOf(merge([], [waiting, { ...waiting, id: 'aaaaaaaaaaaa' }]));
    expect(others).toEqual([]);
    expect(both).toMatchObject({ batchId: null, happened: '2,200 tickets wait for approval.' });
  });

  test('is silent when all is well', () => {
    const views = merge([], [server({ state: 'sealed', sealReason: 'complete', stored: 1_100, verified: 1_100 })]);
    expect(attentionOf(views)).toEqual([]);
  });
});
