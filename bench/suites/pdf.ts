import { measure } from '../harness/chromium.ts';
import { type Contender, compare, medianOf, timesPeers } from '../harness/compare.ts';
import { servePages } from '../harness/page-server.ts';
import type { SuiteContext } from './suite.ts';

const ROWS = 10_000;
const MEMORY_ROWS = 100_000;
const QR_ROWS = 100_000;
const PAIRS = 3;
const PEERS = {
  jspdf: { name: 'jsPDF, compressed', atLeast: 15 },
  pdfkit: { name: 'PDFKit, compressed', atLeast: 7 },
} as const;
const QR_CASES = [
  { name: 'QR matrices, mask by penalties', suffix: '', targets: [5] },
  { name: 'QR matrices, fixed mask', suffix: '-fixed', targets: [] },
] as const;

/** Tickets PDF: 2 × 4 on A4, QR code, six texts, embedded font; its memory at ten times as many; QR matrices alone. */
export async function pdfSuite({ pages, rows = ROWS, report }: SuiteContext): Promise<void> {
  const { origin, close } = await servePages(pages);
  const contender = (variant: string, name: string, count: number, scenario = 'pdf-tickets'): Contender => ({
    name,
    measure: () => measure({ origin, scenario, options: { rows: count, variant } }),
  });
  try {
    const result = await compare({
      suite: 'pdf',
      name: 'tickets',
      rows,
      pairs: PAIRS,
      ours: contender('ours', 'ticketmint', rows),
      peers: Object.entries(PEERS).map(([variant, { name }]) => contender(variant, name, rows)),
      targets: (ours, peers) => [
        ...timesPeers(PEERS, peers),
        {
          what: 'bytes a ticket',
          unit: ' B',
          actual: medianOf(ours, ({ bytes }) => bytes) / rows,
          bound: { atMost: 600 },
        },
        {
          what: "renderer's peak over its base",
          unit: ' MB',
          actual: medianOf(ours, ({ usage }) => usage.rendererMb),
          bound: { atMost: 64 },
        },
      ],
    });
    report(result);
    report(
      await compare({
        suite: 'pdf',
        name: 'memory',
        rows: MEMORY_ROWS,
        pairs: 1,
        ours: contender('ours', 'ticketmint', MEMORY_ROWS),
        peers: [],
        targets: (ours) => [
          {
            what: "renderer's peak over its base",
            unit: ' MB',
            actual: medianOf(ours, ({ usage }) => usage.rendererMb),
            bound: { atMost: 64 },
          },
        ],
      }),
    );
    for (const { name, suffix, targets } of QR_CASES)
      report(
        await compare({
          suite: 'pdf',
          name,
          rows: QR_ROWS,
          pairs: PAIRS,
          ours: contender(`ours${suffix}`, 'ticketmint', QR_ROWS, 'pdf-qr'),
          peers: [contender(`qr${suffix}`, 'qr', QR_ROWS, 'pdf-qr')],
          targets: (_, [peer]) =>
            targets.map((atLeast) => ({ what: 'times qr', unit: ' ×', actual: peer?.ratio ?? 0, bound: { atLeast } })),
        }),
      );
  } finally {
    await close();
  }
}
