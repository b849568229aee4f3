import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSeatPattern, type SeatPattern, seatPatternSchema } from '../../../core/attendees/seat-pattern.ts';
import { TicketmintError } from '../../../core/errors.ts';

function pattern(template: string, overrides: Partial<SeatPattern> = {}): SeatPattern {
  return { template, seatsPerRow: 50, rowStart: 'A', seatStart: 1, numberStart: 1, padding: 0, ...overrides };
}

describe('seat patterns', () => {
  it('fill in rows, seats and running numbers', () => {
    const seatAt = compileSeatPattern(pattern('A-{row}-{seat}', { rowStart: '01', padding: 3 }));
    expect([0, 49, 50, 4999].map(seatAt)).toEqual(['A-01-001', 'A-01-050', 'A-02-001', 'A-100-050']);
    const numberAt = compileSeatPattern(pattern('VIP {n}', { numberStart: 1000, padding: 6 }));
    expect([0, 999_999].map(numberAt)).toEqual(['VIP 001000', 'VIP 1000999']);
  });

  it('count letter rows as a spreadsheet does', () => {
    const rowAt = compileSeatPattern(pattern('{row}', { seatsPerRow: 1, rowStart: 'Y' }));
    expect([0, 1, 2, 3, 27, 28, 677, 678].map(rowAt)).toEqual(['Y', 'Z', 'AA', 'AB', 'AZ', 'BA', 'ZZ', 'AAA']);
  });

  it('give every index its own seat when row and seat are in the template', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_294_967_294 }),
        fc.integer({ min: 0, max: 4_294_967_294 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom('A', 'ZZ', '1', '007'),
        fc.integer({ min: 0, max: 12 }),
        (left, right, seatsPerRow, rowStart, padding) => {
          const seatAt = compileSeatPattern(pattern('{row}/{seat}', { seatsPerRow, rowStart, padding }));
          expect(seatAt(left) === seatAt(right)).toBe(left === right);
        },
      ),
    );
  });

  it('are longest at 1,000 characters, whatever the index', () => {
    const anyPattern = fc.record({
      template: fc
        .array(fc.constantFrom('{row}', '{seat}', '{n}', 'Block ', '-', 'é'), { minLength: 1, maxLength: 200 })
        .map((parts) => parts.join('')),
      seatsPerRow: fc.integer({ min: 1, max: 1_000_000 }),
      rowStart: fc.constantFrom('A', 'ZZZZ', '0', '999999999'),
      seatStart: fc.integer({ min: 0, max: 1_000_000 }),
      numberStart: fc.integer({ min: 0, max: 1_000_000_000 }),
      padding: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(anyPattern, fc.integer({ min: 0, max: 4_294_967_294 }), (candidate, index) => {
        const parsed = seatPatternSchema.safeParse(candidate);
        if (parsed.success) expect(compileSeatPattern(parsed.data)(index).length).toBeLessThanOrEqual(1000);
        else expect(candidate.template.length).toBeGreaterThan(30);
      }),
    );
  });

  it.each([
    ['', 'expected some text'],
    ['   ', 'expected some text'],
    ['{gate}-{n}', '{gate} is unknown'],
    ['{ROW}', '{ROW} is unknown'],
    ['{}', '{} is unknown'],
    ['A-{row', 'left open'],
    ['A-}', 'left open'],
    ['{{n}}', 'left open'],
    ['A\n{n}', 'control characters'],
    ['\ud800{n}', 'control characters'],
    ['x'.repeat(1001), 'at most 1000'],
    ['{n}'.repeat(200), 'at most 1000'],
  ])('refuse the template %j and say why', (template, reason) => {
    expect(() => compileSeatPattern(pattern(template))).toThrow(TicketmintError);
    expect(() => compileSeatPattern(pattern(template))).toThrow(reason);
    expect(seatPatternSchema.safeParse({ template }).error?.issues[0]?.message).toContain(reason);
  });

  it('have defaults for all but the template', () => {
    expect(seatPatternSchema.parse({ template: '{row}{seat}' })).toEqual(pattern('{row}{seat}'));
  });
});
