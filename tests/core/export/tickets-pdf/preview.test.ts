import { describe, expect, it } from 'vitest';
import { previewTickets } from '../../../../core/export/tickets-pdf/ticket-preview.ts';
import { pngOf } from '../../pdf/sample-images.ts';
import { contextOf, optionsOf, PRESETS, ticketsOf } from './printed-tickets.ts';

const LONG = 'Dr. Venkatanarasimharajuvaripeta Subramanian Lakshminarayanan Iyer';

describe('previewTickets', () => {
  it.each(PRESETS)('tells the sizes of %s', async (layout, width, height, ticketsPerPage) => {
    const preview = await previewTickets(ticketsOf(30), optionsOf({ layout }), contextOf());
    expect(preview).toMatchObject({ page: { width, height }, ticketsPerPage, examined: 30, invalid: 0 });
    expect(preview.moduleMm).toBeGreaterThan(0.5);
    expect(preview.missing.tickets).toBe(0);
  });

  it('draws the longest name first, as outlines without text', async () => {
    const holder = (serial: number) => (serial === 777 ? LONG : `Asha ${serial}`);
    const long = await previewTickets(ticketsOf(800, { holder }), optionsOf(), contextOf());
    const short = await previewTickets(
      ticketsOf(800, { holder: (serial) => `Asha ${serial}` }),
      optionsOf(),
      contextOf(),
    );
    expect(long.svg).not.toBe(short.svg);
    expect(long.fits.find(({ title }) => title === 'Holder')).toMatchObject({ shrunk: 0, wrapped: 1, cut: 0 });
    expect(long.svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(long.svg).not.toMatch(/<text|<script|<foreignObject|Asha|on\w+=/);
    expect(long.svg.match(/shape-rendering="crispEdges"/g)).toHaveLength(8);
  });

  it('counts texts that are cut, and characters that no font has', async () => {
    const holder = (serial: number) => (serial % 10 === 0 ? `Asha 𐍈𞤀 ${serial}` : LONG.repeat(4));
    const preview = await previewTickets(ticketsOf(100, { holder }), optionsOf({ layout: 'a4-3x8' }), contextOf());
    expect(preview.fits.find(({ title }) => title === 'Holder')).toMatchObject({ cut: 90 });
    expect(preview.missing).toEqual({ tickets: 10, characters: ['𐍈', '𞤀'] });
  });

  it('shows a QR code that is too small instead of refusing it', async () => {
    const preview = await previewTickets(ticketsOf(8), optionsOf({ layout: 'a4-3x8', minModuleMm: 1 }), contextOf());
    expect(preview.moduleMm).toBeLessThan(1);
    expect(preview.minModuleMm).toBe(1);
  });

  it('has the background once, as data', async () => {
    const image = pngOf({ width: 1, bits: 8, colourType: 2, rows: [[1, 2, 3]] });
    const options = optionsOf({ background: 'sky' });
    const preview = await previewTickets(ticketsOf(8), options, contextOf({ images: { sky: image } }));
    expect(preview.svg.match(/data:image\/png;base64,/g)).toHaveLength(1);
    expect(preview.svg.match(/<use href="#background"/g)).toHaveLength(8);
  });

  it('draws an empty page where there is no ticket', async () => {
    const preview = await previewTickets(ticketsOf(0), optionsOf(), contextOf());
    expect(preview).toMatchObject({ examined: 0, invalid: 0, fits: [] });
    expect(preview.svg).not.toContain('crispEdges');
  });

  it('refuses tickets that are too small for their fields', async () => {
    const custom = { pageWidthMm: 30, pageHeightMm: 20, columns: 2, rows: 2, marginXMm: 0, marginYMm: 0 };
    await expect(
      previewTickets(ticketsOf(8), optionsOf({ layout: 'custom', custom }), contextOf()),
    ).rejects.toMatchObject({
      code: 'layout-invalid',
    });
  });
});
