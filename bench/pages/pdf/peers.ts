import regular from '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf?url';
import { jsPDF } from 'jspdf';
import PDFDocument from 'pdfkit';
import { encodeQR } from 'qr';
import { type BenchTicket, EVENT_NAME, TICKETS_A_PAGE, WHEN } from './ticket.ts';
import type { TicketWriter } from './writer.ts';

const FONT = 'NotoSans';
const MARGIN = 28.35;
const CELL_WIDTH = (595.28 - 2 * MARGIN) / 2;
const CELL_HEIGHT = (841.89 - 2 * MARGIN) / 4;
const QR_SIDE = 100;
const COLOURS: Readonly<Record<string, [number, number, number]>> = {
  General: [9, 146, 104],
  VIP: [156, 54, 181],
  Student: [232, 89, 12],
};

interface Run {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function fontBytes(): Promise<ArrayBuffer> {
  return (await fetch(regular)).arrayBuffer();
}

/** What jsPDF takes fonts as. */
function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Where a ticket lies, points from the upper left corner. */
function cellOf(index: number): { readonly x: number; readonly y: number } {
  const place = index % TICKETS_A_PAGE;
  return { x: MARGIN + (place % 2) * CELL_WIDTH, y: MARGIN + Math.floor(place / 2) * CELL_HEIGHT };
}

/** The dark modules, joined along each row: fewer rectangles than modules. */
function qrRuns(token: string, left: number, top: number): Run[] {
  const rows = encodeQR(token, 'raw', { ecc: 'medium', version: 5, encoding: 'alphanumeric', border: 1 });
  const side = QR_SIDE / rows.length;
  const runs: Run[] = [];
  for (const [y, row] of rows.entries())
    for (let x = 0; x < row.length; x++) {
      const start = x;
      while (row[x] === true) x++;
      if (x > start) runs.push({ x: left + start * side, y: top + y * side, width: (x - start) * side, height: side });
    }
  return runs;
}

function textsOf({ typeName, holder, seat, code }: BenchTicket): readonly (readonly [text: string, size: number])[] {
  return [
    [EVENT_NAME, 12],
    [WHEN, 8.5],
    [typeName, 9.5],
    [holder, 13],
    [seat, 8],
    [code, 7.5],
  ];
}

const jspdf: TicketWriter = {
  async *write(tickets) {
    const document = new jsPDF({ unit: 'pt', format: 'a4', compress: true, putOnlyUsedFonts: true });
    document.addFileToVFS(`${FONT}.ttf`, base64Of(new Uint8Array(await fontBytes())));
    document.addFont(`${FONT}.ttf`, FONT, 'normal');
    document.setFont(FONT);
    let index = 0;
    for (const ticket of tickets) {
      if (index > 0 && index % TICKETS_A_PAGE === 0) document.addPage();
      const { x, y } = cellOf(index++);
      document.setFillColor(...(COLOURS[ticket.typeName] as [number, number, number]));
      document.rect(x, y, 8, CELL_HEIGHT, 'F');
      document.setFillColor(0, 0, 0);
      for (const run of qrRuns(ticket.token, x + CELL_WIDTH - QR_SIDE - 10, y + 20))
        document.rect(run.x, run.y, run.width, run.height, 'F');
      let line = y + 24;
      for (const [text, size] of textsOf(ticket)) {
        document.setFontSize(size);
        document.text(text, x + 16, line);
        line += 1.5 * size;
      }
    }
    yield new Uint8Array(document.output('arraybuffer'));
  },
};

const pdfkit: TicketWriter = {
  async *write(tickets) {
    const document = new PDFDocument({ size: 'A4', margin: 0, compress: true, autoFirstPage: false, font: '' });
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      document.on('data', (chunk: Uint8Array<ArrayBuffer>) => chunks.push(chunk));
      document.on('end', resolve);
      document.on('error', reject);
    });
    document.registerFont(FONT, await fontBytes());
    let index = 0;
    for (const ticket of tickets) {
      if (index % TICKETS_A_PAGE === 0) document.addPage();
      const { x, y } = cellOf(index++);
      document.rect(x, y, 8, CELL_HEIGHT).fill(COLOURS[ticket.typeName] as [number, number, number]);
      for (const run of qrRuns(ticket.token, x + CELL_WIDTH - QR_SIDE - 10, y + 20))
        document.rect(run.x, run.y, run.width, run.height);
      document.fill('black');
      let line = y + 14;
      for (const [text, size] of textsOf(ticket)) {
        document.font(FONT, size).text(text, x + 16, line, { lineBreak: false });
        line += 1.5 * size;
      }
      while (chunks.length > 0) yield chunks.shift() as Uint8Array<ArrayBuffer>;
    }
    document.end();
    await ended;
    yield* chunks;
  },
};

/** What people use today, as its documentation says it is used for many pages. */
export const PEERS: Readonly<Record<string, TicketWriter>> = { jspdf, pdfkit };
