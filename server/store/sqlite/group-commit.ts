import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** @returns an outcome for each item, in their order. */
type Work<Item, Outcome> = (transaction: Transaction<Tables>, items: readonly Item[]) => Promise<readonly Outcome[]>;

/** One durable commit costs a flush of the disk however much it holds: what comes together shares one. */
export class GroupCommit<Item, Outcome> {
  readonly #db: Kysely<Tables>;
  readonly #work: Work<Item, Outcome>;
  readonly #most: number;
  readonly #waiting: Waiting<Item, Outcome>[] = [];
  #flushing: Promise<void> | undefined;

  /** @param most items in one transaction; while it runs no other request is answered. */
  constructor(db: Kysely<Tables>, work: Work<Item, Outcome>, most = Number.POSITIVE_INFINITY) {
    this.#db = db;
    this.#work = work;
    this.#most = most;
  }

  /** Resolves once the item's outcome is committed. Rejects with what made its transaction fail. */
  put(item: Item): Promise<Outcome> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    this.#waiting.push({ item, resolve, reject });
    this.#flushing ??= this.#flushUntilEmpty();
    return promise;
  }

  /** Resolves when nothing waits for its commit. */
  async drain(): Promise<void> {
    await this.#flushing;
  }

  async #flushUntilEmpty(): Promise<void> {
    while (this.#waiting.length > 0) {
      await nextTurn();
      await this.#flush(this.#waiting.splice(0, this.#most));
    }
    this.#flushing = undefined;
  }

  async #flush(group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    const items = group.map(({ item }) => item);
    try {
      const outcomes = await this.#db.transaction().execute((transaction) => this.#work(transaction, items));
      for (const [index, { resolve }] of group.entries()) resolve(outcomes[index] as Outcome);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
