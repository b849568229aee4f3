import { type Kysely, sql, type Transaction } from 'kysely';
import type { GateSync, TicketUse } from '../../../core/api/gate.ts';
import type { TicketId } from '../../../core/gate/decide.ts';
import { setBit, withoutZeros } from '../../../core/gate/used-set.ts';
import type { Tables } from './schema.ts';

/** 8,192 tickets: small enough to write anew with each scan, large enough that a million are 123 rows. */
const PAGE_BYTES = 1_024;
const PAGE_TICKETS = PAGE_BYTES * 8;

interface Page {
  readonly batch: string;
  readonly page: number;
  readonly used: Uint8Array;
  readonly inside: Uint8Array;
}

/** Pages of used sets that one transaction changes: each is read once and written once. */
export class UsedPages {
  readonly #transaction: Transaction<Tables>;
  readonly #pages = new Map<string, Page>();

  constructor(transaction: Transaction<Tables>) {
    this.#transaction = transaction;
  }

  async set({ batch, serial }: TicketId, { state }: TicketUse): Promise<void> {
    const index = serial - 1;
    const { used, inside } = await this.#page(batch, Math.floor(index / PAGE_TICKETS));
    setBit(used, index % PAGE_TICKETS, state !== 'unused');
    setBit(inside, index % PAGE_TICKETS, state === 'inside');
  }

  async flush(): Promise<void> {
    for (const { batch, page, used, inside } of this.#pages.values())
      await this.#transaction
        .insertInto('used_page')
        .values({ batch_id: batch, page, used, inside })
        .onConflict((conflict) => conflict.columns(['batch_id', 'page']).doUpdateSet({ used, inside }))
        .execute();
  }

  async #page(batch: string, page: number): Promise<Page> {
    const key = `${batch} ${page}`;
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const row = await this.#transaction
      .selectFrom('used_page')
      .select(['used', 'inside'])
      .where('batch_id', '=', batch)
      .where('page', '=', page)
      .executeTakeFirst();
    const blank = () => new Uint8Array(PAGE_BYTES);
    const read = { batch, page, used: row?.used ?? blank(), inside: row?.inside ?? blank() };
    this.#pages.set(key, read);
    return read;
  }
}

/** The used sets of an event's batches, those without a scan left out. */
export async function readUsedSets(db: Kysely<Tables>, eventId: string): Promise<GateSync['used']> {
  const rows = await db
    .selectFrom('used_page')
    .innerJoin('batch', 'batch.id', 'used_page.batch_id')
    .select(['used_page.batch_id', 'page', 'used', sql<Uint8Array | null>`nullif(inside, used)`.as('inside')])
    .where('batch.event_id', '=', eventId)
    .orderBy('used_page.batch_id')
    .orderBy('page')
    .execute();
  return [...Map.groupBy(rows, ({ batch_id }) => batch_id)].map(([batch, pages]) => {
    const length = ((pages.at(-1)?.page ?? 0) + 1) * PAGE_BYTES;
    const used = new Uint8Array(length);
    const inside = new Uint8Array(length);
    for (const page of pages) {
      used.set(page.used, page.page * PAGE_BYTES);
      inside.set(page.inside ?? page.used, page.page * PAGE_BYTES);
    }
    const hasLeft = pages.some((page) => page.inside !== null);
    return { batch, used: withoutZeros(used), ...(hasLeft ? { inside: withoutZeros(inside) } : {}) };
  });
}
