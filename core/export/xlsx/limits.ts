/** Excel's specifications and limits. */
export const MAX_COLUMNS = 16_384;
/** UTF-16 units a cell. */
export const MAX_TEXT_LENGTH = 32_767;
/** A cell. */
export const MAX_LINE_FEEDS = 253;

/** How much goes into one worksheet before the next one begins. */
export interface SheetLimits {
  /** The header is one of them. */
  readonly rows: number;
  /** Bytes of XML after which a sheet takes no more records, so that its part needs no Zip64, which Excel repairs away. */
  readonly bytes: number;
}

export const EXCEL_SHEET_LIMITS: SheetLimits = { rows: 1_048_576, bytes: 4_000_000_000 };
