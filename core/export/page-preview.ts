import type { ShownPage } from '../pdf/svg-pages.ts';
import type { ExportContext } from './format.ts';

/** What a page is drawn with before it is known where it goes. */
export type PreviewContext = Pick<
  ExportContext,
  'assets' | 'event' | 'locale' | 'now' | 'recordKind' | 'signal' | 'timeZone'
>;

/** How many tickets have a text that found no room as it is wanted. */
export interface FieldFit {
  /** The column's, or that of another field of the ticket: `when`, `place`, `reprint`. */
  readonly id: string;
  /** The column's. */
  readonly title: string;
  readonly shrunk: number;
  readonly wrapped: number;
  /** Ends with an ellipsis. */
  readonly cut: number;
}

/** What is known of tickets before they are printed. */
export interface PreFlightReport {
  /** Tickets that were looked at. */
  readonly examined: number;
  /** Of them, those that cannot be printed: a cell is not valid, or there is no token for the QR code. */
  readonly invalid: number;
  /** Fields where a text was shrunk, wrapped or cut; no others. */
  readonly fits: readonly FieldFit[];
  /** Characters that no font has, the first 20, and how many tickets have some. */
  readonly missing: { readonly tickets: number; readonly characters: readonly string[] };
}

interface SizeMm {
  readonly width: number;
  readonly height: number;
}

/** A page of tickets as it will be printed, and what there is to know before it is. Lengths in millimetres. */
export interface TicketsPreview extends PreFlightReport {
  readonly kind: 'tickets';
  /** An SVG document without text or scripts. */
  readonly svg: string;
  readonly page: SizeMm;
  readonly ticket: SizeMm;
  readonly ticketsPerPage: number;
  /** Side of a module of the QR code; null without one. */
  readonly moduleMm: number | null;
  /** The options' smallest module: below it nothing is printed. */
  readonly minModuleMm: number;
}

/** The first page of a report, that of its table if it has one, and what there is to know before it is printed. */
export interface ReportPreview {
  readonly kind: 'report';
  readonly pages: readonly ShownPage[];
  /** Null while not all pages are drawn. */
  readonly pageCount: number | null;
  /** Records that are counted in what is drawn. */
  readonly examined: number;
  /** Whether those are all; there may be too many only for a look. */
  readonly isWhole: boolean;
  /** Records that were set aside, as they will be. */
  readonly invalid: number;
  /** Characters that no font has, the first 20. */
  readonly missing: readonly string[];
}

export type PagePreview = TicketsPreview | ReportPreview;
