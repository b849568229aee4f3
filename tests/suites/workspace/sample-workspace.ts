import { chunkCountOf, chunkRange, encodeChunk } from '../../../core/chunk/chunk.ts';
import type { ByteSource } from '../../../core/workspace/sealed-stream.ts';
import { openWorkspace, sealWorkspace } from '../../../core/workspace/workspace-file.ts';
import type { WorkspaceBatch, WorkspaceRecord } from '../../../core/workspace/workspace-record.ts';

export const PASSPHRASE = 'a passphrase of the tests';
export const START = { createdAt: 1_700_000_000_000, origin: 'https://tickets.example', tickets: 0 };

type Content = Exclude<WorkspaceRecord, { readonly kind: 'workspace' | 'end' }>;

export const BATCH: WorkspaceBatch = {
  id: '0123456789ab',
  eventId: 'event0000001',
  publicKey: 'A'.repeat(43),
  proof: 'B'.repeat(86),
  typeIndex: 3,
  count: 120,
  chunkSize: 50,
  notBefore: null,
  notAfter: null,
  runId: '0'.repeat(32),
  keyProtection: 'webcrypto',
  mintedAt: 1_699_999_999_000,
  personalised: true,
  fromList: true,
  seatPattern: null,
  seatOffset: 0,
  state: 'minted',
  declared: true,
  acknowledged: [[0, 1]],
  sealed: null,
  freed: false,
};

export function chunkOf(batch: WorkspaceBatch, seq: number): Extract<Content, { readonly kind: 'chunk' }> {
  const { firstSerial, count } = chunkRange(batch, seq);
  const signatures = new Uint8Array(64 * count).fill(seq + 1);
  const fields = { holder: Array.from({ length: count }, (_, index) => `Guest ${firstSerial + index}`) };
  const { id: batchId, mintedAt } = batch;
  const bytes = encodeChunk({ batchId, seq, firstSerial, count, mintedAt, signatures, fields });
  return { kind: 'chunk', batchId, seq, count, bytes };
}

function chunksOf(batch: WorkspaceBatch): Content[] {
  return Array.from({ length: chunkCountOf(batch) }, (_, seq) => chunkOf(batch, seq));
}

const { runId, eventId } = BATCH;
export const CONTENTS: readonly Content[] = [
  { kind: 'batch', batch: BATCH },
  ...chunksOf(BATCH),
  {
    kind: 'run',
    run: {
      id: runId,
      eventId,
      state: 'running',
      count: 120,
      createdAt: 1_699_999_998_000,
      finishedAt: null,
      title: 'guests.csv',
      batchIds: [BATCH.id],
    },
  },
  {
    kind: 'log',
    runId,
    lines: [
      { at: 1_699_999_999_000, level: 'info', text: 'saved 1 of 3' },
      { at: 1_699_999_999_500, level: 'done', text: 'Done', event: { code: 'done', tickets: 3, of: 3, tookMs: 1_500 } },
    ],
  },
  {
    kind: 'change',
    change: {
      nonce: 'c'.repeat(32),
      eventId,
      madeAt: 1_699_999_999_500,
      madeBy: 'Asha',
      wasSent: false,
      content: { kind: 'revoke', batch: BATCH.id, from: 7, to: 9, reason: 'refunded' },
    },
  },
  { kind: 'answer', name: 'events', value: [{ id: eventId, name: 'Holi हॊली' }] },
];

export async function seal(
  contents: readonly Content[] = CONTENTS,
  passphrase = PASSPHRASE,
): Promise<Uint8Array<ArrayBuffer>> {
  async function* all() {
    yield* contents;
  }
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of sealWorkspace(START, all(), passphrase)) pieces.push(piece);
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (at, length) => new Uint8Array(bytes.subarray(at, at + length)) };
}

export async function open(file: Uint8Array, passphrase = PASSPHRASE): Promise<WorkspaceRecord[]> {
  const records: WorkspaceRecord[] = [];
  for await (const record of openWorkspace(sourceOf(file), passphrase)) records.push(record);
  return records;
}
