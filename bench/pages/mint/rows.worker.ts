import { expose } from 'comlink';
import { Dexie, type EntityTable } from 'dexie';
import { shortCodeOf } from '../../../core/ticket/short-code.ts';
import { parseToken, SIGNATURE_BYTES, signedMessageWriter, tokenWriter } from '../../../core/ticket/token.ts';
import { expect } from '../../harness/scenario.ts';
import { verifySample } from './verify-sample.ts';

const IN_FLIGHT = 250;
const BATCH_ID = '000000000000';

interface TicketRow {
  readonly serial: number;
  readonly code: string;
  readonly token: string;
  readonly batchId: string;
  readonly typeIndex: number;
  readonly status: string;
  readonly mintedAt: number;
}

class RowsDatabase extends Dexie {
  declare tickets: EntityTable<TicketRow, 'serial'>;
  constructor() {
    super('one-row-a-ticket');
    this.version(1).stores({ tickets: 'serial, code, batchId' });
  }
}

const database = new RowsDatabase();
const messageOf = signedMessageWriter(BATCH_ID, 0);
const tokenOf = tokenWriter(BATCH_ID, 0);
let keys: CryptoKeyPair;

async function signRange(firstSerial: number, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const signatures = new Uint8Array(count * SIGNATURE_BYTES);
  for (let start = 0; start < count; start += IN_FLIGHT) {
    const length = Math.min(IN_FLIGHT, count - start);
    const results = await Promise.all(
      Array.from({ length }, (_, index) =>
        crypto.subtle.sign('Ed25519', keys.privateKey, messageOf(firstSerial + start + index)),
      ),
    );
    for (const [index, result] of results.entries())
      signatures.set(new Uint8Array(result), (start + index) * SIGNATURE_BYTES);
  }
  return signatures;
}

const api = {
  async prepare(): Promise<void> {
    keys = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    await database.open();
  },

  async mint(rows: number, rowsPerTransaction: number): Promise<void> {
    for (let done = 0; done < rows; done += rowsPerTransaction) {
      const length = Math.min(rowsPerTransaction, rows - done);
      const signatures = await signRange(done + 1, length);
      const mintedAt = Date.now();
      await database.tickets.bulkAdd(
        Array.from({ length }, (_, index) => ({
          serial: done + 1 + index,
          code: shortCodeOf(signatures, index * SIGNATURE_BYTES),
          token: tokenOf(done + 1 + index, signatures, index * SIGNATURE_BYTES),
          batchId: BATCH_ID,
          typeIndex: 0,
          status: 'minted',
          mintedAt,
        })),
      );
    }
  },

  async check(rows: number): Promise<void> {
    expect((await database.tickets.count()) === rows, 'rows are missing');
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
    await verifySample(publicKey, messageOf, async (offer) => {
      for (let serial = 1; serial <= rows; serial += 1_000) {
        const page = await database.tickets
          .where('serial')
          .between(serial, serial + 1_000)
          .toArray();
        for (const row of page) {
          const token = parseToken(row.token);
          expect(token?.serial === row.serial, `ticket ${row.serial} has another's token`);
          offer(row.serial, token.signature);
        }
      }
    });
  },
};
export type RowsApi = typeof api;

expose(api);
