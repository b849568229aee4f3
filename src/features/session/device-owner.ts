import type { Me } from '../../../core/api/session.ts';
import { strictDatabase } from '../../database/database.ts';
import { countWaiting, readWaiting, type Waiting } from '../waiting/waiting.ts';
import { CLEAR_MARK, mark } from './device-marks.ts';
import { leaveFor, tellOtherTabs } from './session-tabs.ts';

/** Whose work lies on this device. */
export type DeviceOwner = Pick<Me, 'id' | 'name' | 'email'>;

/** Among the settings; not an answer, as it outlives a session that ends by itself. */
const KEY = 'owner';
/** A database that cannot be opened holds nothing that could be mixed up. */
const PATIENCE_MS = 2_000;

let claimedBy: string | undefined;

/**
 * Makes sure that nobody gets in on another person's work: what one person made here is neither shown to nor sent up by
 * another. What the server has all of is taken off the device without a word.
 * @param path where to go on.
 * @returns the other person, while this device has work of theirs that the server does not have.
 */
export async function claimDevice(me: Me, path: string): Promise<DeviceOwner | null> {
  if (claimedBy === me.id) return null;
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  // What cannot be read now is found to be broken where it is used.
  const other = await Promise.race([findOther(me).catch(() => null), patience]);
  if (other?.hasUnsent) return other.owner;
  if (other !== null) {
    startAfresh(path);
    return new Promise(() => {});
  }
  claimedBy = me.id;
  return null;
}

/** Whose the device is, if not theirs; from now on theirs where it was nobody's. */
async function findOther({ id, name, email }: Me): Promise<{ owner: DeviceOwner; hasUnsent: boolean } | null> {
  const owner = await readOwner();
  if (owner !== undefined) return owner.id === id ? null : { owner, hasUnsent: hasUnsent(await readWaiting()) };
  await strictDatabase().settings.put({ key: KEY, value: { id, name, email } satisfies DeviceOwner });
  return null;
}

/** Whether something of this device's would be lost with it. */
export function hasUnsent(waiting: Waiting): boolean {
  return countWaiting(waiting) + waiting.unsavedExports.length + waiting.runningExports > 0;
}

/** Loads a page anew on an empty device, in every tab. */
export function startAfresh(path: string): void {
  mark(CLEAR_MARK);
  tellOtherTabs({ type: 'cleared', path });
  leaveFor(path);
}

/** Whose work is here, if anybody's. */
export async function readOwner(): Promise<DeviceOwner | undefined> {
  return (await strictDatabase().settings.get(KEY))?.value as DeviceOwner | undefined;
}
