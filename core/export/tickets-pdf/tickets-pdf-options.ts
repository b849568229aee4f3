import { z } from 'zod';
import { commonOptions } from '../common-options.ts';
import { printedOptions } from '../printed-options.ts';

const mm = (most: number) => z.number().min(0).max(most);

/** A grid of one's own, in millimetres; tickets fill what margins and gaps leave. */
const customGridSchema = z.object({
  pageWidthMm: mm(1_200).min(30).default(210),
  pageHeightMm: mm(1_200).min(20).default(297),
  columns: z.number().int().min(1).max(10).default(2),
  rows: z.number().int().min(1).max(50).default(4),
  marginXMm: mm(100).default(10),
  marginYMm: mm(100).default(10),
  gapXMm: mm(50).default(0),
  gapYMm: mm(50).default(0),
});

export const ticketsPdfOptionsSchema = z.object({
  ...commonOptions,
  ...printedOptions,
  layout: z
    .enum([
      'a4-2x4',
      'a4-2x5',
      'a4-3x8',
      'a4-1',
      'letter-2x4',
      'letter-2x5',
      'letter-3x8',
      'letter-1',
      'roll-80',
      'badge',
      'custom',
    ])
    .default('a4-2x4')
    .meta({
      title: 'Layout',
      choices: {
        'a4-2x4': 'A4, 8 a page (2 × 4)',
        'a4-2x5': 'A4, 10 a page (2 × 5)',
        'a4-3x8': 'A4, 24 labels (3 × 8)',
        'a4-1': 'A4, one a page',
        'letter-2x4': 'Letter, 8 a page (2 × 4)',
        'letter-2x5': 'Letter, 10 a page (2 × 5)',
        'letter-3x8': 'Letter, 24 labels (3 × 8)',
        'letter-1': 'Letter, one a page',
        'roll-80': 'Receipt roll, 80 mm',
        badge: 'Badges, A6, 4 on A4',
        custom: 'A grid of your own',
      },
    }),
  custom: customGridSchema.prefault({}),
  /** How far the background reaches over the cut. */
  bleedMm: mm(10).default(0).meta({ title: 'Bleed, mm', description: 'How far the background reaches over the cut' }),
  cropMarks: z.boolean().default(false).meta({ title: 'Crop marks', description: 'For a print shop' }),
  /** Thin lines where tickets are cut, for scissors. */
  cutLines: z.boolean().default(true).meta({ title: 'Cutting lines', description: 'For scissors' }),
  order: z
    .enum(['rows', 'cut-and-stack'])
    .default('rows')
    .meta({
      title: 'Order',
      choices: { rows: 'Row by row', 'cut-and-stack': 'Cut and stack: piles in order' },
    }),
  /** Sheets that are cut as one stack, with `cut-and-stack`. */
  stackSheets: z
    .number()
    .int()
    .min(1)
    .max(200)
    .default(100)
    .meta({ title: 'Sheets a stack', description: 'Cut at once, with cut and stack' }),
  stub: z.boolean().default(false).meta({ title: 'Tear-off stub', description: 'With number and code' }),
  stubMm: mm(80)
    .min(15)
    .default(24)
    .meta({ title: 'Stub, mm', description: 'Its width; on upright tickets its height' }),
  /** Name of the image in the context, drawn over the whole ticket; null: none. */
  background: z.string().nullable().default(null),
  /** Smallest module of the QR code that may be printed. */
  minModuleMm: z
    .number()
    .min(0.1)
    .max(2)
    .default(0.33)
    .meta({ title: 'Smallest QR module, mm', description: 'Below it nothing is printed' }),
  reprint: z.boolean().default(false).meta({ title: 'Mark as re-print' }),
  /** A ticket with a character that no font of ours has. */
  missingGlyphs: z
    .enum(['set-aside', 'replace'])
    .default('set-aside')
    .meta({
      title: 'Characters that cannot be printed',
      choices: { 'set-aside': 'Set the ticket aside', replace: 'Print a replacement sign' },
    }),
});
export type TicketsPdfOptions = z.infer<typeof ticketsPdfOptionsSchema>;
