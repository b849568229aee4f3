import type { GateSetup, GateSync } from '../api/gate.ts';
import type { ScansFileBody } from './gate-file.ts';
import { ScanLedger } from './scan-ledger.ts';

/** Gathers the scans of gates that no server can reach, on the tablet that mints. */
export class GateHub {
  readonly ledger = new ScanLedger();
  readonly #counts = new Map<string, number>();

  /**
   * Takes in what came back from a gate; the same file again changes nothing.
   * @returns how many scans are new, or `missing` when a file of the same device before it has not been brought in yet:
   *   then nothing is taken.
   */
  merge({ device, from, scans }: Pick<ScansFileBody, 'device' | 'from' | 'scans'>): number | 'missing' {
    const before = this.#counts.get(device) ?? 0;
    if (from > before) return 'missing';
    const added = scans.filter((scan) => this.ledger.add(scan)).length;
    this.#counts.set(device, Math.max(before, from + scans.length));
    return added;
  }

  /**
   * What goes to the gates.
   * @param options.at the tablet's time; has to grow from file to file.
   */
  gateFile(
    known: { readonly setup: GateSetup } & Pick<GateSync, 'batches' | 'foreign'>,
    { at }: { readonly at: number },
  ): { readonly kind: 'gate'; readonly sync: GateSync; readonly covers: [string, number][] } {
    const { setup, batches, foreign } = known;
    const used = [...this.ledger.usedSets()].map(([batch, set]) => ({ batch, ...set.bitmaps() }));
    const gates = setup.gates.map(({ id }): [string, number] => [id, this.ledger.insideOf(id)]);
    const inside = { total: this.ledger.inside(), gates };
    const cursor = { changes: 0, scans: 0 };
    const what = { setup, batches, foreign, revoked: [], used, uses: [], inside };
    return {
      kind: 'gate',
      sync: { v: 1, at, cursor, complete: true, more: false, ...what },
      covers: [...this.#counts],
    };
  }
}
