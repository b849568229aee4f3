import { recordFaultText } from '../../../../core/export/fault-text.ts';
import type { ExportContext, RecordSource } from '../../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../../core/export/registry.ts';
import { selectColumns } from '../../../../core/export/select-columns.ts';
import type { TicketSourceInput } from '../../../../core/export/sources/tickets.ts';
import { ticketsPdfOptionsSchema } from '../../../../core/export/tickets-pdf/tickets-pdf-options.ts';
import { diskAssets } from '../../../support/disk-assets.ts';
import { batchOf, MemoryChunks, readAll, sourceOf } from '../memory-tickets.ts';

const FACTS: NonNullable<ExportContext['event']> = {
  name: 'Founders’ Day',
  place: 'Ripon Building, Chennai',
  startsAt: Date.UTC(2026, 10, 22, 9),
  endsAt: Date.UTC(2026, 10, 22, 15),
  currency: 'INR',
  typeColours: { VIP: 'grape' },
};

const NAMES = ['Asha Raman', 'Björn Ångström', 'Zoë Łukasiewicz', 'José Ñáñez', 'Grace O’Neill', 'İbrahim Yıldız'];

/** So many tickets of one batch, with names and seats. */
export function ticketsOf(
  count: number,
  choice: Partial<Pick<TicketSourceInput, 'filters' | 'sort'>> & {
    readonly holder?: (serial: number) => string | null;
  } = {},
): RecordSource {
  const { holder = (serial) => NAMES[serial % NAMES.length] ?? null, ...which } = choice;
  const chunkSize = 50;
  const batch = batchOf('0c1f8a2b3c4d', {
    count,
    chunkSize,
    seqs: count === 0 ? [] : [[0, Math.ceil(count / chunkSize) - 1]],
    fieldColumns: ['holder', 'seat'],
  });
  const chunks = new MemoryChunks([batch], (serial) => ({ holder: holder(serial), seat: `A-${serial}` }));
  return sourceOf([batch], chunks, null, which);
}

/** The cells of one column, in order. */
export async function cellsOf(source: RecordSource, column: string): Promise<string[]> {
  const at = source.columns.findIndex(({ id }) => id === column);
  const pages = await readAll(source.pages(new AbortController().signal));
  return pages.flatMap(({ rows }) => rows.map((row) => String(row[at])));
}

interface Printing {
  readonly context?: Partial<ExportContext>;
  readonly images?: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

/** A context as the app gives it. */
export function contextOf({ context, images }: Printing = {}): ExportContext {
  return {
    signal: new AbortController().signal,
    now: new Date('2026-11-20T10:00:00Z'),
    timeZone: 'Asia/Kolkata',
    locale: 'en-IN',
    part: { number: 1, of: 1 },
    event: FACTS,
    assets: diskAssets(images),
    reject: (key, fault) => {
      throw new Error(`${key} was set aside: ${recordFaultText(fault)}`);
    },
    progress: () => {},
    ...context,
  };
}

/** The whole file. */
export async function printTickets(
  source: RecordSource,
  options: Record<string, unknown> = {},
  printing: Printing = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const format = await EXPORT_FORMATS['tickets-pdf'].prepare(options);
  const chosen = selectColumns(source, format.options.columns);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of format.encode(chosen, contextOf(printing))) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Every preset, with what the page and a page of it are: size in millimetres, tickets. */
export const PRESETS = [
  ['a4-2x4', 210, 297, 8],
  ['a4-2x5', 210, 297, 10],
  ['a4-3x8', 210, 297, 24],
  ['a4-1', 210, 297, 1],
  ['letter-2x4', 215.9, 279.4, 8],
  ['letter-2x5', 215.9, 279.4, 10],
  ['letter-3x8', 215.9, 279.4, 24],
  ['letter-1', 215.9, 279.4, 1],
  ['roll-80', 80, 140, 1],
  ['badge', 210, 297, 4],
] as const;

/** Options with everything filled in. */
export function optionsOf(options: Record<string, unknown> = {}) {
  return ticketsPdfOptionsSchema.parse(options);
}
