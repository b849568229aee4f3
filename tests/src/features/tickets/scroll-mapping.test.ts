import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScrollMapping } from '../../../../src/features/tickets/scroll-mapping.ts';

const ROW = 44;
const VIEWPORT = 700;
const MAX = 4_000_000;

describe('ScrollMapping', () => {
  test('leaves a list alone that fits into an element', () => {
    const mapping = new ScrollMapping(10_000 * ROW, MAX);
    expect(mapping.realHeight).toBe(10_000 * ROW);
    expect(mapping.scrolled(123_456, VIEWPORT)).toBe(123_456);
    expect(mapping.shift).toBe(0);
  });

  test('reaches both ends of a million rows by jumps', () => {
    const mapping = new ScrollMapping(1_000_000 * ROW, MAX);
    expect(mapping.realHeight).toBe(MAX);
    expect(mapping.scrolled(MAX - VIEWPORT, VIEWPORT)).toBe(1_000_000 * ROW - VIEWPORT);
    expect(mapping.scrolled(0, VIEWPORT)).toBe(0);
  });

  test('jumps in proportion', () => {
    const mapping = new ScrollMapping(1_000_000 * ROW, MAX);
    const virtual = mapping.scrolled(MAX / 2, VIEWPORT);
    expect(virtual / (1_000_000 * ROW)).toBeCloseTo(0.5, 2);
  });

  test('moves the list by one pixel for one pixel scrolled, across pages, through to the end', () => {
    const mapping = new ScrollMapping(1_000_000 * ROW, MAX);
    mapping.moveTo(1_000_000 * ROW - 200_000, VIEWPORT);
    let virtual = mapping.virtual;
    while (virtual < 1_000_000 * ROW - VIEWPORT) {
      const step = Math.min(100, MAX - VIEWPORT - mapping.real);
      expect(step).toBeGreaterThan(0);
      const next = mapping.scrolled(mapping.real + step, VIEWPORT);
      expect(next - virtual).toBeCloseTo(step, 6);
      virtual = next;
    }
    expect(mapping.real).toBe(MAX - VIEWPORT);
  });

  test('shows any row that it is moved to, within the element', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, at) => {
        const mapping = new ScrollMapping(count * ROW, MAX);
        mapping.moveTo(Math.floor(at * (count - 1)) * ROW, VIEWPORT);
        expect(mapping.real).toBeGreaterThanOrEqual(0);
        expect(mapping.real).toBeLessThanOrEqual(Math.max(0, mapping.realHeight - VIEWPORT));
        const wanted = Math.max(0, Math.min(Math.floor(at * (count - 1)) * ROW, count * ROW - VIEWPORT));
        expect(mapping.virtual).toBeCloseTo(wanted, 6);
      }),
    );
  });

  test('never leaves the element, however it is scrolled', () => {
    const moves = fc.array(fc.oneof(fc.integer({ min: 0, max: MAX - VIEWPORT }), fc.integer({ min: -400, max: 400 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(moves, (steps) => {
        const mapping = new ScrollMapping(1_000_000 * ROW, MAX);
        for (const step of steps) {
          const target = Math.abs(step) <= 400 ? mapping.real + step : step;
          const real = Math.max(0, Math.min(target, MAX - VIEWPORT));
          const virtual = mapping.scrolled(real, VIEWPORT);
          expect(virtual).toBeGreaterThanOrEqual(0);
          expect(virtual).toBeLessThanOrEqual(1_000_000 * ROW - VIEWPORT);
          expect(mapping.real).toBeGreaterThanOrEqual(0);
          expect(mapping.real).toBeLessThanOrEqual(MAX - VIEWPORT);
        }
      }),
    );
  });
});
