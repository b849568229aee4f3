import { msg } from '@lingui/core/macro';

/** What an event's main pages are called, and what each is for: there before the page's code is. */
export const PAGE_HEADS = {
  tickets: {
    title: msg`Tickets`,
    lead: msg`Look up any ticket of this event, or open a batch: the tickets that were minted together.`,
  },
  'tickets/mint': {
    title: msg`Mint tickets`,
    lead: msg`Tickets are signed on this device, by number or from a list of attendees, with or without a network.`,
  },
  exports: {
    title: msg`Exports`,
    lead: msg`Save tickets as PDF, spreadsheet or data file. Files are made on this device, with or without a network.`,
  },
} as const;

/** The head of the page at an address, if it has one here. */
export function headAt(path: string): [place: string, head: (typeof PAGE_HEADS)[keyof typeof PAGE_HEADS]] | undefined {
  const place = /^\/events\/[^/]+\/(.+?)\/?$/.exec(path)?.[1] ?? '';
  return Object.entries(PAGE_HEADS).find(([name]) => name === place);
}
