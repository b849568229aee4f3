import { describe, expect, it } from 'vitest';
import type { TicketType } from '../../../../core/api/event.ts';
import type { ListReport } from '../../../../core/attendees/list-reader.ts';
import { compileSeatPattern, type SeatPattern, seatPatternSchema } from '../../../../core/attendees/seat-pattern.ts';
import { checkWarnings } from '../../../../src/features/mint/check-warnings.ts';
import {
  bytesPerTicket,
  countOf,
  type MintDraft,
  overCapacity,
  planOf,
} from '../../../../src/features/mint/mint-draft.ts';
import { NO_SEATS, seatPatternOf } from '../../../../src/features/mint/seat-pattern-fields.tsx';
import { TYPE_VALIDITY, validityOf } from '../../../../src/features/mint/validity-fields.tsx';

const TYPES: readonly TicketType[] = [
  ['General', null, 0],
  ['VIP', 100, 60],
].map(([name, capacity, declared], index) => ({
  name: name as string,
  index,
  capacity: capacity as number | null,
  declared: declared as number,
  colour: 'blue',
  priceMinor: 0,
  notBefore: null,
  notAfter: null,
  archivedAt: null,
}));

const REPORT: ListReport = {
  rows: 53,
  blank: 0,
  usable: 50,
  counts: [
    { typeIndex: 1, count: 41 },
    { typeIndex: 0, count: 9 },
  ],
  rejected: 2,
  dropped: 1,
  issued: 0,
  leftOut: [],
  leftOutCsv: new Uint8Array(),
  duplicates: { byReference: 1, byEmail: 0, shown: [] },
  typeTexts: [],
  longestHolder: '',
  undecoded: { count: 0, firstLine: 0 },
  valueBytes: 5_000,
};

const ALWAYS = { notBefore: null, notAfter: null };
const quantity = (count: number): MintDraft => ({
  eventId: 'aaaaaaaaaaaa',
  source: { kind: 'quantity', typeIndex: 1, count },
  seatPattern: null,
  validity: ALWAYS,
});
const list: MintDraft = {
  eventId: 'aaaaaaaaaaaa',
  source: { kind: 'list', fileName: 'guests.csv', report: REPORT, knowsIssued: true },
  seatPattern: seatPatternSchema.parse({ template: 'A-{n}' }),
  validity: ALWAYS,
};

describe('the plan of a mint run', () => {
  it('is one batch for a quantity', () => {
    const plan = planOf(quantity(1_000), TYPES);
    expect(plan).toMatchObject({ title: '1,000 × VIP', chunkSize: 500 });
    expect(plan.batches).toEqual([
      { typeIndex: 1, count: 1_000, ...ALWAYS, personalised: false, seatPattern: null, seatOffset: 0 },
    ]);
  });

  it('has larger chunks where they are many, but not from a list, whose rows may be long', () => {
    expect(planOf(quantity(50_000), TYPES).chunkSize).toBe(4_000);
    const long = {
      ...list,
      source: { ...list.source, report: { ...REPORT, counts: [{ typeIndex: 1, count: 50_000 }] } },
    };
    expect(planOf(long as MintDraft, TYPES).chunkSize).toBe(500);
  });

  it('is one batch a type for a list', () => {
    const plan = planOf(list, TYPES);
    expect(plan.title).toBe('guests.csv');
    expect(plan.batches.map(({ typeIndex, count, personalised }) => [typeIndex, count, personalised])).toEqual([
      [1, 41, true],
      [0, 9, true],
    ]);
    expect(countOf(plan)).toBe(50);
  });

  it('goes on with the seats from one type to the next', () => {
    expect(planOf(list, TYPES).batches.map(({ seatOffset }) => seatOffset)).toEqual([0, 41]);
    const seats = planOf(list, TYPES).batches.flatMap(({ count, seatPattern, seatOffset }) => {
      const seatAt = compileSeatPattern(seatPattern as SeatPattern);
      return Array.from({ length: count }, (_, index) => seatAt(seatOffset + index));
    });
    expect(new Set(seats).size).toBe(50);
  });

  it('counts what its fields take', () => {
    expect(bytesPerTicket(quantity(5))).toBe(0);
    expect(bytesPerTicket(list)).toBe(100 + 'A-1'.length + 2);
  });

  it('does not go past a capacity', () => {
    expect(overCapacity(planOf(quantity(40), TYPES), TYPES)).toEqual([]);
    expect(overCapacity(planOf(quantity(41), TYPES), TYPES)).toEqual([{ name: 'VIP', count: 41, free: 40 }]);
    expect(overCapacity(planOf(list, TYPES), TYPES)).toHaveLength(1);
  });
});

describe('the check', () => {
  const measured = { durationMs: 1, ticketsPerSecond: 1, bytesNeeded: 2e6, bytesAvailable: 1e9, isPersisted: true };
  const warningsFor = (draft: MintDraft, changes: object = {}) =>
    checkWarnings({
      draft,
      plan: planOf(draft, TYPES),
      types: TYPES,
      event: {},
      measured,
      connectionState: 'online',
      ...changes,
    });

  it('has nothing to say where all is well', () => {
    expect(warningsFor(quantity(5))).toEqual({ blocking: [], notes: [] });
  });

  it('blocks what the server would refuse', () => {
    expect(warningsFor(quantity(41)).blocking).toEqual([expect.stringContaining('VIP has room for 40 more')]);
  });

  it('says that somebody has to approve it, unless no gate lets it in', () => {
    const event = { approval: true };
    expect(warningsFor(quantity(5), { event }).notes).toEqual([expect.stringContaining('has approved them')]);
    expect(warningsFor({ ...quantity(5), rehearsal: true }, { event }).notes).toEqual([]);
  });

  it('lets test tickets take no room, but at a demo event', () => {
    const tests: MintDraft = { ...quantity(41), rehearsal: true };
    expect(warningsFor(tests).blocking).toEqual([]);
    expect(warningsFor(tests, { event: { demo: true } }).blocking).toHaveLength(1);
  });

  it('tells what may go otherwise than one thinks', () => {
    const { notes } = warningsFor(list, {
      connectionState: 'offline',
      measured: { ...measured, bytesAvailable: 1e6, isPersisted: false },
    });
    expect(notes).toEqual([
      expect.stringContaining('3 rows of the list get no ticket'),
      expect.stringContaining('offers 1 MB'),
      expect.stringContaining('may clear'),
      expect.stringContaining('cannot be reached'),
    ]);
  });
});

describe('the fields', () => {
  it('make a pattern when seats are on, or say what is wrong', () => {
    expect(seatPatternOf(NO_SEATS)).toEqual({ pattern: null });
    expect(seatPatternOf({ ...NO_SEATS, isOn: true }).pattern).toMatchObject({
      template: 'A-{row}-{seat}',
      rowStart: '1',
    });
    expect(seatPatternOf({ ...NO_SEATS, isOn: true, template: '{gate}' }).error).toContain('{gate} is unknown');
    expect(seatPatternOf({ ...NO_SEATS, isOn: true, seatsPerRow: '' }).error).toContain('Seats in a row');
  });

  it('take validity on the event’s clock', () => {
    expect(validityOf({ ...TYPE_VALIDITY, from: '2027-03-12T18:00' }, 'Asia/Kolkata').validity).toEqual(ALWAYS);
    const values = { isOn: true, from: '2027-03-12T18:00', until: '' };
    expect(validityOf(values, 'Asia/Kolkata').validity).toEqual({
      notBefore: Date.UTC(2027, 2, 12, 12, 30),
      notAfter: null,
    });
    expect(validityOf({ ...values, until: '2027-03-12T17:00' }, 'Asia/Kolkata').error).toBe(
      'It has to end after it starts',
    );
  });
});
