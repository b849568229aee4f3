import type { GateSetup, GateSync, Scan } from '../api/gate.ts';
import type { ScansFileBody } from './gate-file.ts';
import { ScanLedger } from './scan-ledger.ts';

/** Of how many tickets a file says when and where they went in; of the others only that they did. */
const MAX_USES = 2_000;

/** What a hub had gathered earlier. */
interface Gathered {
  readonly scans: Iterable<Scan>;
  /** How many scans of each device, from its first, are among them. */
  readonly counts: Iterable<readonly [device: string, count: number]>;
}

/** Gathers the scans of gates that no server can reach, on the tablet that mints. */
export class GateHub {
  readonly ledger = new ScanLedger();
  readonly #counts: Map<string, number>;

  constructor({ scans, counts }: Gathered = { scans: [], counts: [] }) {
    for (const scan of scans) this.ledger.add(scan);
    this.#counts = new Map(counts);
  }

  /** How many scans of a device, from its first, are here. */
  countOf(device: string): number {
    return this.#counts.get(device) ?? 0;
  }

  /**
   * Takes in what came back from a gate; the same file again changes nothing.
   * @returns the scans that are new, or `missing` when a file of the same device before it has not been brought in yet:
   *   then nothing is taken.
   */
  merge({ device, from, scans }: Pick<ScansFileBody, 'device' | 'from' | 'scans'>): readonly Scan[] | 'missing' {
    const before = this.countOf(device);
    if (from > before) return 'missing';
    const added = scans.filter((scan) => this.ledger.add(scan));
    this.#counts.set(device, Math.max(before, from + scans.length));
    return added;
  }

  /**
   * What goes to the gates.
   * @param options.at the tablet's time; has to grow from file to file.
   */
  gateFile(
    known: { readonly setup: GateSetup } & Pick<GateSync, 'batches' | 'withheld' | 'foreign'>,
    { at }: { readonly at: number },
  ): { readonly kind: 'gate'; readonly sync: GateSync; readonly covers: [string, number][] } {
    const used = [...this.ledger.usedSets()].map(([batch, set]) => ({ batch, ...set.bitmaps() }));
    const gates = known.setup.gates.map(({ id }): [string, number] => [id, this.ledger.insideOf(id)]);
    const inside = { total: this.ledger.inside(), gates };
    const cursor = { changes: 0, scans: 0 };
    const what = { ...known, revoked: [], used, uses: this.#newestUses(), inside };
    return {
      kind: 'gate',
      sync: { v: 1, at, cursor, complete: true, more: false, ...what },
      covers: [...this.#counts],
    };
  }

  #newestUses(): GateSync['uses'] {
    const uses = new Map<string, GateSync['uses'][number]>();
    for (const { batch, serial } of this.ledger.scans()) {
      const { state, at, gate } = this.ledger.stateOf({ batch, serial });
      if (state !== 'unused') uses.set(`${batch} ${serial}`, [batch, serial, state, at, gate]);
    }
    return [...uses.values()].sort(([, , , left], [, , , right]) => (right ?? 0) - (left ?? 0)).slice(0, MAX_USES);
  }
}
