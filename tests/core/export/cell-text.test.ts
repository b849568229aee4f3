import { describe, expect, it } from 'vitest';
import { numberTextOf } from '../../../core/export/cell-text.ts';

describe('numberTextOf', () => {
  it('writes amounts in the major unit, with the digits of the currency', () => {
    const rupees = numberTextOf({ id: 'price', title: 'Price', type: 'amount' }, 'UTC');
    expect([0, 5, 99, 100, 149_950, -5, -12_345].map(rupees)).toEqual([
      '0.00',
      '0.05',
      '0.99',
      '1.00',
      '1499.50',
      '-0.05',
      '-123.45',
    ]);
    const yen = numberTextOf({ id: 'price', title: 'Price', type: 'amount', fractionDigits: 0 }, 'UTC');
    expect(yen(1_500)).toBe('1500');
    const dinar = numberTextOf({ id: 'price', title: 'Price', type: 'amount', fractionDigits: 3 }, 'UTC');
    expect(dinar(1_500)).toBe('1.500');
  });

  it("writes instants as ISO 8601 with the zone's offset at that instant", () => {
    const at = Date.UTC(2026, 5, 1, 12);
    const text = (timeZone: string, instant = at) =>
      numberTextOf({ id: 'at', title: 'At', type: 'instant' }, timeZone)(instant);
    expect(text('UTC')).toBe('2026-06-01T12:00:00Z');
    expect(text('Asia/Kolkata')).toBe('2026-06-01T17:30:00+05:30');
    expect(text('Asia/Kathmandu')).toBe('2026-06-01T17:45:00+05:45');
    expect(text('America/St_Johns')).toBe('2026-06-01T09:30:00-02:30');
    expect(text('America/New_York', at + 1)).toBe('2026-06-01T08:00:00.001-04:00');
  });

  it('follows the clock change within one column', () => {
    const berlin = numberTextOf({ id: 'at', title: 'At', type: 'instant' }, 'Europe/Berlin');
    const change = Date.UTC(2026, 9, 25, 1);
    expect([change - 1_000, change, change + 1_000].map(berlin)).toEqual([
      '2026-10-25T02:59:59+02:00',
      '2026-10-25T02:00:00+01:00',
      '2026-10-25T02:00:01+01:00',
    ]);
  });

  it('refuses numbers that are none', () => {
    for (const type of ['integer', 'amount', 'instant', 'text'] as const) {
      const write = numberTextOf({ id: 'n', title: 'N', type }, 'UTC');
      expect(() => write(Number.NaN)).toThrow(expect.objectContaining({ code: 'export-row-invalid' }));
      expect(() => write(Number.POSITIVE_INFINITY)).toThrow();
    }
    expect(() => numberTextOf({ id: 'n', title: 'N', type: 'integer' }, 'UTC')(1.5)).toThrow();
  });
});
