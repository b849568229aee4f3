import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitText, LINE_HEIGHT, type TextBox } from '../../../core/fonts/fit-text.ts';
import { shaperFor } from './shaped-text.ts';

const shaper = await shaperFor();
const BOX: TextBox = { width: 100, height: 32, weight: 'bold', maxSize: 12, minSize: 6, maxLines: 2 };

describe('fitText', () => {
  it('leaves short text as it is wanted', () => {
    expect(fitText(shaper, 'Asha', BOX)).toMatchObject({ size: 12, isCut: false, lines: [{ isRightToLeft: false }] });
  });

  it('shrinks to three quarters, then wraps', () => {
    const shrunk = fitText(shaper, 'Asha Raman-Iyer', BOX);
    expect(shrunk.lines).toHaveLength(1);
    expect(shrunk.size).toBeLessThan(12);
    expect(shrunk.size).toBeGreaterThanOrEqual(9);
    const wrapped = fitText(shaper, 'Asha Raman Subramanian', BOX);
    expect(wrapped.lines).toHaveLength(2);
    expect(wrapped.size).toBe(9);
  });

  it('makes words smaller rather than to break them', () => {
    const { lines, size } = fitText(shaper, 'Venkatanarasimharaju Raman', BOX);
    expect(lines).toHaveLength(2);
    expect(size).toBeLessThan(9);
    expect(lines[1]?.width).toBe(shaper.shape('Raman', 'bold').width);
  });

  it('breaks a word that is longer than a line, and ends what is cut with an ellipsis', () => {
    expect(fitText(shaper, 'x'.repeat(40), BOX)).toMatchObject({ isCut: false });
    expect(fitText(shaper, 'x'.repeat(400), BOX)).toMatchObject({ isCut: true, size: 6 });
    expect(fitText(shaper, 'x'.repeat(40_000), BOX)).toMatchObject({ isCut: true, size: 6 });
  });

  it('keeps every line inside the box, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abc mWi.-ÅéŁß  '), maxLength: 300 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 30, max: 300 }), (some, maxLines, width) => {
        const box = { ...BOX, width, maxLines, height: maxLines * BOX.maxSize * LINE_HEIGHT };
        const { lines, size } = fitText(shaper, some, box);
        expect(lines.length * size * LINE_HEIGHT).toBeLessThanOrEqual(box.height + 0.01);
        for (const line of lines) expect((line.width * size) / 1_000).toBeLessThanOrEqual(width + 0.01);
      }),
      { numRuns: 300 },
    );
  });
});
