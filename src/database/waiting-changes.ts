import type { Correction, Revocation } from '../../core/api/batch.ts';
import { strictDatabase } from './database.ts';

/** Among the settings, so that a page of an older version is not shut out by a change of the tables. */
const PREFIX = 'change ';
const AFTER_ALL = 'change!';
const DIGITS = 16;

/** What is to be changed, in the words of the API. */
export type ChangeContent =
  | ({ readonly kind: 'revoke' } & Pick<Revocation, 'batch' | 'from' | 'to' | 'reason'>)
  | ({ readonly kind: 'undo-revocation'; readonly revocationId: number } & Pick<Revocation, 'batch' | 'from' | 'to'>)
  | ({
      readonly kind: 'correct';
      /** The field's newest correction that the person saw; `undefined` where that is one of this device's own. */
      readonly basedOn?: number | null | undefined;
    } & Pick<Correction, 'batch' | 'serial' | 'column' | 'value'>);

/**
 * A change that was made on this device and that the server has not confirmed.
 * - `waiting`: never sent, so that it can be undone without a trace.
 * - `sending`: sent at least once; whether it arrived is not known until the server answers.
 * - `refused`: the server said no; it holds nowhere, and waits for a person.
 */
export interface WaitingChange {
  /** 32 lower-case hex digits, random: sent twice, it is one change. */
  readonly nonce: string;
  /** Its place in the order in which changes are sent: when it was made, in ms since epoch, or a little later. */
  readonly order: number;
  readonly eventId: string;
  readonly madeAt: number;
  /** The name of who made it. */
  readonly madeBy: string;
  readonly state: 'waiting' | 'sending' | 'refused';
  readonly refusal: { readonly code: string; readonly detail: string } | null;
  readonly content: ChangeContent;
}

/** All changes that wait, or were refused, in the order they were made. */
export async function readChanges(): Promise<WaitingChange[]> {
  const rows = await strictDatabase().settings.where('key').between(PREFIX, AFTER_ALL).toArray();
  return rows.map(({ value }) => value as WaitingChange);
}

/**
 * Keeps a change, durably. A correction takes the place of one of the same field that was never sent.
 * @returns it, in its place in the order.
 */
export function addChange(made: Omit<WaitingChange, 'order' | 'state' | 'refusal'>): Promise<WaitingChange> {
  const database = strictDatabase();
  return database.transaction('rw', database.settings, async () => {
    const others = await readChanges();
    const replaced = others.find((other) => other.state !== 'sending' && isSameField(other.content, made.content));
    const order = Math.max(made.madeAt, (others.at(-1)?.order ?? 0) + 1);
    const content = replaced === undefined ? made.content : { ...replaced.content, ...made.content };
    const change: WaitingChange = { ...made, content, order, state: 'waiting', refusal: null };
    if (replaced !== undefined) await database.settings.delete(keyOf(replaced));
    await database.settings.add({ key: keyOf(change), value: change });
    return change;
  });
}

/** Whether a change is among those that wait. */
export async function hasChange(nonce: string): Promise<boolean> {
  return (await readChanges()).some((change) => change.nonce === nonce);
}

/**
 * Keeps a change that was made on another device, at the end of the order; nothing where it is here. What the server had
 * refused is tried again. Within a transaction of the caller's.
 */
export async function bringChange({
  wasSent,
  ...made
}: Omit<WaitingChange, 'order' | 'state' | 'refusal'> & { readonly wasSent: boolean }): Promise<void> {
  const others = await readChanges();
  if (others.some(({ nonce }) => nonce === made.nonce)) return;
  const order = Math.max(made.madeAt, (others.at(-1)?.order ?? 0) + 1);
  const change: WaitingChange = { ...made, order, state: wasSent ? 'sending' : 'waiting', refusal: null };
  await strictDatabase().settings.add({ key: keyOf(change), value: change });
}

/** Changes one as it lies there now; nothing where it is gone. @returns whether it was there. */
export function updateChange(
  { order, nonce }: Pick<WaitingChange, 'order' | 'nonce'>,
  change: Partial<Pick<WaitingChange, 'state' | 'refusal' | 'content'>>,
): Promise<boolean> {
  const database = strictDatabase();
  return database.transaction('rw', database.settings, async () => {
    const key = keyOf({ order });
    const kept = (await database.settings.get(key))?.value as WaitingChange | undefined;
    if (kept?.nonce !== nonce) return false;
    await database.settings.put({ key, value: { ...kept, ...change } });
    return true;
  });
}

/** Takes one off: the server has it, or nobody wants it any more. */
export async function removeChange({ order }: Pick<WaitingChange, 'order'>): Promise<void> {
  await strictDatabase().settings.delete(keyOf({ order }));
}

/** Takes one back that the server cannot have. @returns false when it was sent meanwhile, or is gone. */
export function undoChange({ order, nonce }: Pick<WaitingChange, 'order' | 'nonce'>): Promise<boolean> {
  const database = strictDatabase();
  return database.transaction('rw', database.settings, async () => {
    const kept = (await database.settings.get(keyOf({ order })))?.value as WaitingChange | undefined;
    if (kept?.nonce !== nonce || kept.state === 'sending') return false;
    await database.settings.delete(keyOf({ order }));
    return true;
  });
}

function keyOf({ order }: Pick<WaitingChange, 'order'>): string {
  return PREFIX + String(order).padStart(DIGITS, '0');
}

function isSameField(left: ChangeContent, right: ChangeContent): boolean {
  return (
    left.kind === 'correct' &&
    right.kind === 'correct' &&
    left.batch === right.batch &&
    left.serial === right.serial &&
    left.column === right.column
  );
}
