import type { ExportSettings } from './file-encoding.ts';
import type { FinishedPart, FormatManifest } from './manifest.ts';
import type { PreparedFormat } from './prepared-format.ts';
import { MAX_LISTED } from './record-ledger.ts';
import { Sha256 } from './sha256.ts';

/** What is said of one format's output, gathered file by file. Holds the first 1,000 files and rejections. */
export class ManifestBuilder {
  readonly #parts: FormatManifest['parts'] = [];
  readonly #rejected: FormatManifest['rejected'] = [];
  readonly #hash = new HashLines();
  readonly #contentHash = new HashLines();
  #partCount = 0;
  #records = 0;
  #rejectedCount = 0;
  #bytes = 0;
  #firstKey: string | null = null;
  #lastKey: string | null = null;

  get records(): number {
    return this.#records;
  }

  add(part: FinishedPart): void {
    const { rejected, rejectedCount, ...file } = part;
    this.addRejected(part);
    if (this.#partCount < MAX_LISTED) this.#parts.push(file);
    this.#partCount++;
    this.#hash.add(part.sha256);
    this.#contentHash.add(part.contentSha256);
    this.#records += part.records;
    this.#bytes += part.bytes;
    this.#firstKey ??= part.firstKey;
    this.#lastKey = part.lastKey ?? this.#lastKey;
  }

  /** Of a file that was left out, as all of its records were set aside. */
  addRejected({ rejected, rejectedCount }: Pick<FinishedPart, 'rejected' | 'rejectedCount'>): void {
    this.#rejectedCount += rejectedCount;
    this.#rejected.push(...rejected.slice(0, MAX_LISTED - this.#rejected.length));
  }

  /** @param fileName what several parts have in common; one file has its own. */
  build(
    { id, options }: Pick<PreparedFormat, 'id' | 'options'>,
    columns: readonly { readonly id: string }[],
    fileName: string,
    { now, timeZone, locale, recordKind }: Pick<ExportSettings, 'now' | 'timeZone' | 'locale' | 'recordKind'>,
  ): FormatManifest {
    return {
      version: 1,
      format: id,
      fileName: this.#partCount === 1 ? (this.#parts[0]?.fileName ?? fileName) : fileName,
      ...(recordKind === undefined ? {} : { recordKind }),
      options: { ...options },
      columns: columns.map((column) => column.id),
      createdAt: now.getTime(),
      timeZone,
      locale,
      records: this.#records,
      rejectedCount: this.#rejectedCount,
      rejected: this.#rejected,
      firstKey: this.#firstKey,
      lastKey: this.#lastKey,
      bytes: this.#bytes,
      contentSha256: this.#contentHash.digest(),
      sha256: this.#hash.digest(),
      partCount: this.#partCount,
      parts: this.#parts,
    };
  }
}

/** One hash stands for itself; several are hashed, a line each. */
export class HashLines {
  readonly #hash = new Sha256();
  readonly #encoder = new TextEncoder();
  #only: string | undefined;
  #count = 0;

  add(hex: string): void {
    this.#count++;
    this.#only = hex;
    this.#hash.update(this.#encoder.encode(`${hex}\n`));
  }

  /** 64 lower-case hex digits. Ends it. */
  digest(): string {
    return this.#count === 1 && this.#only !== undefined ? this.#only : this.#hash.digest();
  }
}
