import type { RecordedScan } from '../../api/gate.ts';
import type { Filter } from '../filters.ts';

/** Tells of a scan whether it is meant. */
export type ScanTest = (scan: RecordedScan) => boolean;

export interface ScanFacts {
  /** The index of its ticket's type; `undefined` where the batch is not known. */
  typeOf(scan: RecordedScan): number | undefined;
  /** What the text columns say of it: those that are named, or all of them. */
  textsOf(scan: RecordedScan, columnIds: readonly string[] | null): readonly string[];
}

/** The test of a filter; what a scan does not have is never as a filter wants it. */
export function scanTest(filter: Filter, facts: ScanFacts): ScanTest {
  switch (filter.kind) {
    case 'and': {
      const tests = filter.filters.map((one) => scanTest(one, facts));
      return (scan) => tests.every((test) => test(scan));
    }
    case 'or': {
      const tests = filter.filters.map((one) => scanTest(one, facts));
      return (scan) => tests.some((test) => test(scan));
    }
    case 'not': {
      const test = scanTest(filter.filter, facts);
      return (scan) => !test(scan);
    }
    case 'type':
      return (scan) => {
        const type = facts.typeOf(scan);
        return type !== undefined && filter.types.includes(type);
      };
    case 'batch':
      return ({ batch }) => filter.batches.includes(batch);
    case 'gate':
      return ({ gate }) => filter.gates.includes(gate);
    case 'scan':
      return ({ kind }) => filter.scans.includes(kind);
    case 'effect':
      return ({ effect }) => filter.effects.includes(effect);
    case 'serial':
      return ({ serial }) => serial >= (filter.from ?? 1) && serial <= (filter.to ?? Number.POSITIVE_INFINITY);
    case 'date':
      return dateTest(filter);
    case 'text': {
      const wanted = fold(filter.text);
      return (scan) => facts.textsOf(scan, filter.columns).some((text) => fold(text).includes(wanted));
    }
    case 'status':
      return () => false;
  }
}

function dateTest({ column, from, before }: Extract<Filter, { readonly kind: 'date' }>): ScanTest {
  const isMeant = (at: number) => at >= (from ?? 0) && at < (before ?? Number.POSITIVE_INFINITY);
  if (column === 'scannedAt') return ({ at }) => isMeant(at);
  if (column === 'receivedAt') return ({ receivedAt }) => isMeant(receivedAt);
  return () => false;
}

/** What looks alike compares alike: `Ａsha`, `asha`. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
