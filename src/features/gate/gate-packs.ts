import type { GateSetup } from '../../../core/api/gate.ts';
import type { GateSession } from '../../../core/api/gate-device.ts';
import { CODE_BYTES, CodePack } from '../../../core/gate/code-pack.ts';
import { decodeCodePackPart, decodeNamePackPart } from '../../../core/gate/gate-pack.ts';
import { NAME_RECORD_BYTES, openNameRecord, type TicketNames } from '../../../core/gate/name-pack.ts';
import { normalizeTokenInput, parseToken } from '../../../core/ticket/token.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import type { PackKind, StoredPack } from '../../database/gate-pack-database.ts';
import { newPack, type PackStore } from './pack-store.ts';

/** How often a whole pack is asked whether there is more of it, or tried again after a failure. */
const FOLLOW_EVERY_MS = 60_000;
const REQUEST = { timeout: 60_000, retry: 0 } as const;

/** What is shown of the packs. */
export interface PacksView {
  /** Undefined where nobody asked for it. */
  readonly codes: StoredPack | undefined;
  /** Undefined where the event shows no names. */
  readonly names: StoredPack | undefined;
  /** Why the last part could not be fetched or kept, other than for want of a connection. */
  readonly failure: unknown;
}

/** Short codes and names, which a gate's device fetches part by part and keeps. */
export class GatePacks {
  readonly #session: GateSession;
  readonly #store: PackStore;
  readonly #listeners = new Set<() => void>();
  #view: PacksView;
  /** By the monotonic clock, when a pack is asked for next. */
  #dueMs: Record<PackKind, number> = { codes: 0, names: 0 };
  /** Read from the disk at the first code that is typed. */
  #codes: Promise<CodePack> | undefined;

  private constructor(session: GateSession, store: PackStore, view: PacksView) {
    this.#session = session;
    this.#store = store;
    this.#view = view;
  }

  /** As they were left. Where they cannot be read the gate goes on without them. */
  static async open(session: GateSession, store: PackStore): Promise<GatePacks> {
    try {
      const packs = await store.open(session.event.id);
      const ofKind = (kind: PackKind) => packs.find((pack) => pack.kind === kind);
      return new GatePacks(session, store, { codes: ofKind('codes'), names: ofKind('names'), failure: null });
    } catch (failure) {
      return new GatePacks(session, store, { codes: undefined, names: undefined, failure });
    }
  }

  get view(): PacksView {
    return this.#view;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins with the codes; {@link follow} fetches them. */
  async addCodes(): Promise<void> {
    const pack = newPack('codes', this.#session.event.id);
    await this.#store.put(pack);
    this.#dueMs.codes = 0;
    this.#change({ codes: pack, failure: null });
  }

  async dropCodes(): Promise<void> {
    await this.#store.drop('codes');
    this.#codes = undefined;
    this.#change({ codes: undefined });
  }

  /**
   * Fetches the next part of what is wanted, and lets go of names that may not be here any more.
   * @param setup as it was told last.
   * @param now true time, ms since epoch.
   * @returns whether there is more to fetch at once.
   */
  async follow(setup: GateSetup, now: number): Promise<boolean> {
    const isOver = now > this.#session.validUntil;
    const hasNames = setup.names === true && !isOver;
    try {
      if (!hasNames && this.#view.names !== undefined) await this.#dropNames();
      if (hasNames && this.#view.names === undefined) this.#change({ names: newPack('names', this.#session.event.id) });
      if (this.#isDue('codes')) await this.#fetchCodes();
      if (this.#isDue('names')) await this.#fetchNames();
    } catch (error) {
      const isLine = error instanceof ApiProblem && (error.code === 'unreachable' || error.code === 'timed-out');
      this.#dueMs = { codes: performance.now() + FOLLOW_EVERY_MS, names: performance.now() + FOLLOW_EVERY_MS };
      if (!isLine) this.#change({ failure: error });
    }
    return this.#isDue('codes') || this.#isDue('names');
  }

  /** `undefined` where the codes are not on this device. */
  async codes(): Promise<CodePack | undefined> {
    if (this.#view.codes?.cursor == null) return undefined;
    this.#codes ??= this.#readCodes();
    return this.#codes;
  }

  /** What is shown of a ticket whose token was scanned; `undefined` where that cannot be known. */
  readonly namesOf = async (text: string): Promise<TicketNames | undefined> => {
    const token = parseToken(normalizeTokenInput(text));
    if (this.#view.names?.cursor == null || token === undefined) return undefined;
    const { batchId, serial, typeIndex, signature } = token;
    try {
      const record = await this.#store.nameRecord(batchId, serial, NAME_RECORD_BYTES);
      return record === undefined ? undefined : await openNameRecord(record, { batchId, serial, typeIndex, signature });
    } catch {
      // A verdict is worth more than a name, and waits for none.
      return undefined;
    }
  };

  close(): void {
    this.#store.close();
  }

  #isDue(kind: PackKind): boolean {
    return this.#view[kind] !== undefined && performance.now() >= this.#dueMs[kind];
  }

  async #fetchCodes(): Promise<void> {
    const bytes = await this.#ask('codes');
    const part = decodeCodePackPart(bytes);
    const tickets = part.pages.reduce((sum, { codes }) => sum + codes.length / CODE_BYTES, 0);
    const pack = this.#packWith('codes', part, { tickets, bytes: tickets * CODE_BYTES });
    // Somebody may have let go of them meanwhile.
    if (this.#view.codes === undefined) return;
    const loaded = this.#codes;
    await this.#store.addCodes(pack, part, bytes);
    // Those that were not in memory before are read as they are now.
    if (loaded === undefined || part.complete) this.#codes = undefined;
    else for (const page of part.pages) (await loaded).add(page);
    this.#change({ codes: pack, failure: null });
  }

  async #fetchNames(): Promise<void> {
    const part = decodeNamePackPart(await this.#ask('names'));
    if (part.recordBytes !== NAME_RECORD_BYTES) throw new TypeError('expected name records of this version');
    // A record for itself is a correction, of a ticket that was counted.
    const added = part.pages.filter(({ records }) => records.length > NAME_RECORD_BYTES);
    const bytes = added.reduce((sum, { records }) => sum + records.length, 0);
    const pack = this.#packWith('names', part, { tickets: bytes / NAME_RECORD_BYTES, bytes });
    await this.#store.addNames(pack, part);
    this.#change({ names: pack, failure: null });
  }

  async #ask(kind: PackKind): Promise<Uint8Array<ArrayBuffer>> {
    const cursor = this.#view[kind]?.cursor ?? null;
    const path = `events/${this.#session.event.id}/gate-packs/${kind}`;
    const searchParams = cursor === null ? {} : { after: cursor };
    return new Uint8Array(await api.get(path, { ...REQUEST, searchParams }).arrayBuffer());
  }

  #packWith(
    kind: PackKind,
    { cursor, complete, more, at }: { cursor: string; complete: boolean; more: boolean; at: number },
    added: Pick<StoredPack, 'tickets' | 'bytes'>,
  ): StoredPack {
    this.#dueMs[kind] = more ? 0 : performance.now() + FOLLOW_EVERY_MS;
    const before = this.#view[kind];
    const [tickets, bytes] = complete || before === undefined ? [0, 0] : [before.tickets, before.bytes];
    const sums = { tickets: tickets + added.tickets, bytes: bytes + added.bytes };
    return { kind, eventId: this.#session.event.id, cursor, isWhole: !more, at, ...sums };
  }

  async #readCodes(): Promise<CodePack> {
    const pack = new CodePack();
    for (const bytes of await this.#store.codes()) for (const page of decodeCodePackPart(bytes).pages) pack.add(page);
    return pack;
  }

  async #dropNames(): Promise<void> {
    await this.#store.drop('names');
    this.#dueMs.names = 0;
    this.#change({ names: undefined });
  }

  #change(parts: Partial<PacksView>): void {
    this.#view = { ...this.#view, ...parts };
    for (const listener of this.#listeners) listener();
  }
}
