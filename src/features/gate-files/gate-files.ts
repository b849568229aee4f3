import type { GateSession } from '../../../core/api/gate-device.ts';
import { type GateFileBody, scansThatFit } from '../../../core/gate/gate-file.ts';
import type { GateMemory } from '../gate/gate-memory.ts';
import type { FileFacts, GateStore } from '../gate/gate-store.ts';
import { FileRefusal } from './file-refusal.ts';
import { randomId } from './random-id.ts';
import type { ReadFile } from './read-file.ts';
import { isSameKey, signFile, signingKey } from './signing-key.ts';

/** What is shown of a device's files. Never changes: whatever happens makes another. */
export interface FilesView {
  /** When the gate file was made by which this device goes, ms since epoch; `undefined` where the server was the last to tell. */
  readonly fileAt: number | undefined;
  /** All scans of this device. */
  readonly kept: number;
  /** Those that are nowhere but here. */
  readonly unsaved: number;
  /** Those that are in a saved file, of which no gate file has said that the tablet that mints has them. */
  readonly unconfirmed: number;
}

interface FilesParts {
  readonly session: GateSession;
  readonly store: GateStore;
  readonly memory: GateMemory;
}

/** The gate files of a device at its gate: takes them in, and gives its own scans out. */
export class GateFiles {
  readonly #parts: FilesParts;
  readonly #listeners = new Set<() => void>();
  #facts: FileFacts;
  /** `undefined`: to be counted, which takes the longer the more scans there are. */
  #view: FilesView | undefined;

  private constructor(parts: FilesParts, facts: FileFacts) {
    this.#parts = parts;
    this.#facts = facts;
  }

  static async open(parts: FilesParts): Promise<GateFiles> {
    return new GateFiles(parts, (await parts.store.readFiles()) ?? newFacts());
  }

  get view(): FilesView {
    this.#view ??= this.#count();
    return this.#view;
  }

  /** Whether this device was set up from a file, and no server knows of it. */
  get isAlone(): boolean {
    return this.#parts.session.device.id === this.#facts.series;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Scans were made, or the server has said something of them. */
  readonly refresh = (): void => {
    this.#view = undefined;
    for (const listener of this.#listeners) listener();
  };

  /** Who signs this device's own files. */
  async publicKey(): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#key()).publicKey;
  }

  /** Whose key a file bears: one that was `compared`, the `first` one that this device sees, or an`other`. */
  trustOf({ publicKey }: Pick<ReadFile, 'publicKey'>): 'compared' | 'first' | 'other' {
    const { trusted } = this.#facts;
    if (trusted === null) return 'first';
    return isSameKey(trusted, publicKey) ? 'compared' : 'other';
  }

  /** Looks whether a file is one for this device. @throws {FileRefusal} */
  check({ body }: Pick<ReadFile, 'body'>): Extract<GateFileBody, { kind: 'gate' }> {
    const { session, memory } = this.#parts;
    if (body.kind !== 'gate') throw new FileRefusal('for-tablet');
    const { setup } = body.sync;
    if (setup?.event.id !== session.event.id) throw new FileRefusal('wrong-event');
    if (this.isAlone && !setup.gates.some(({ id }) => id === session.gate.id)) throw new FileRefusal('no-gate');
    if (memory.state.isOlder(body.sync)) throw new FileRefusal('older');
    return body;
  }

  /**
   * Takes a file in. Whoever calls it has seen to it that its key may be trusted; from now on it is.
   * @throws {FileRefusal}
   */
  async take(file: Pick<ReadFile, 'body' | 'publicKey'>): Promise<void> {
    const { sync, covers } = this.check(file);
    const covered = Math.min(new Map(covers).get(this.#facts.series) ?? 0, this.#parts.memory.ownScans().length);
    const facts = { ...this.#facts, trusted: file.publicKey, covered };
    if (!(await this.#parts.memory.takeFile(sync, facts))) throw new FileRefusal('older');
    this.#facts = facts;
    this.refresh();
  }

  /**
   * This device's scans as a signed file, from the first that the tablet that mints is not known to have. What does not fit
   * into one goes into the next.
   * @param options.fromFirst all of them: for a tablet that has lost what it had.
   */
  async scansFile({ fromFirst }: { readonly fromFirst: boolean }) {
    const { session, memory } = this.#parts;
    const own = memory.ownScans();
    const from = fromFirst ? 0 : this.#facts.covered;
    const scans = own.slice(from, from + scansThatFit(own.slice(from)));
    const { device, event, gate } = session;
    const { series } = this.#facts;
    const body = { kind: 'scans', at: Date.now(), event: event.id, device: series, from, scans } as const;
    const bytes = await signFile({ ...body, name: device.name, gate: gate.id }, await this.#key());
    return { bytes, upTo: from + scans.length };
  }

  /** Notes that a file with the scans up to a number was saved. */
  async noteSaved(upTo: number): Promise<void> {
    const facts = { ...this.#facts, saved: Math.max(this.#facts.saved, upTo) };
    await this.#parts.store.putFiles(facts);
    this.#facts = facts;
    this.refresh();
  }

  #key() {
    const { store } = this.#parts;
    return signingKey({ read: () => store.readKey(), add: (made) => store.addKey(made) });
  }

  #count(): FilesView {
    const { memory } = this.#parts;
    const { covered, saved } = this.#facts;
    const own = memory.ownScans();
    const unsent = new Set(memory.state.unsent().map(({ nonce }) => nonce));
    const isOnlyHere = own.map(({ nonce }, index) => index >= covered && unsent.has(nonce));
    return {
      fileAt: memory.fileAt,
      kept: own.length,
      unsaved: isOnlyHere.filter((only, index) => only && index >= saved).length,
      unconfirmed: isOnlyHere.filter((only, index) => only && index < saved).length,
    };
  }
}

/** As long as no file was taken or saved. */
export function newFacts(): FileFacts {
  return { series: randomId(), trusted: null, covered: 0, saved: 0 };
}
