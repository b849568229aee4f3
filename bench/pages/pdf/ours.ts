import type { RecordPage, RecordSource } from '../../../core/export/format.ts';
import { ticketsPdfFormat } from '../../../core/export/tickets-pdf/tickets-pdf.ts';
import { requestAssets } from '../../../workers/export/assets.ts';
import { expect } from '../../harness/scenario.ts';
import { type BenchTicket, EVENT_ENDS, EVENT_NAME, EVENT_STARTS } from './ticket.ts';
import type { TicketWriter } from './writer.ts';

/** As the product's source gives them. */
const PAGE_ROWS = 64;
const TEXT_COLUMNS = ['event', 'typeName', 'holder', 'seat', 'code', 'token'];

export const ours: TicketWriter = {
  async *write(tickets) {
    const source: RecordSource = {
      columns: TEXT_COLUMNS.map((id) => ({ id, title: id, type: 'text' })),
      estimatedCount: 0,
      async *pages() {
        let page: BenchTicket[] = [];
        for (const ticket of tickets)
          if (page.push(ticket) === PAGE_ROWS) {
            yield recordPage(page);
            page = [];
          }
        if (page.length > 0) yield recordPage(page);
      },
    };
    yield* ticketsPdfFormat.encode(source, ticketsPdfFormat.options.parse({}), {
      signal: new AbortController().signal,
      now: new Date(EVENT_STARTS),
      timeZone: 'UTC',
      locale: 'en-GB',
      part: { number: 1, of: 1 },
      event: {
        name: EVENT_NAME,
        place: '',
        startsAt: EVENT_STARTS,
        endsAt: EVENT_ENDS,
        currency: 'INR',
        typeColours: { General: 'teal', VIP: 'grape', Student: 'orange' },
      },
      assets: requestAssets({}),
      reject: (key, fault) => expect(false, `${key} was set aside: ${fault.code}`),
      progress: () => {},
    });
  },
};

function recordPage(tickets: readonly BenchTicket[]): RecordPage {
  return {
    keys: tickets.map(({ serial }) => `b/${serial}`),
    rows: tickets.map(({ typeName, holder, seat, code, token }) => [EVENT_NAME, typeName, holder, seat, code, token]),
  };
}
