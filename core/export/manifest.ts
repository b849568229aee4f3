import { z } from 'zod';
import { recordFaultSchema } from './fault.ts';

/** A record that was set aside: why in English, and as data, which earlier versions did not keep. */
const rejectionSchema = z.object({ key: z.string(), reason: z.string(), fault: recordFaultSchema.optional() });
export type Rejection = z.infer<typeof rejectionSchema>;

/** One file, and what is in it. */
const filePartSchema = z.object({
  fileName: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  contentSha256: z.string(),
  records: z.number().int(),
  firstKey: z.string().nullable(),
  lastKey: z.string().nullable(),
});

/** What is said of one format's output, in one file or in parts. */
const formatManifestSchema = z.object({
  version: z.literal(1),
  /** The format's id; `zip` for an archive. */
  format: z.string(),
  /** Of parts: the name they have in common. */
  fileName: z.string(),
  /** What the records are; tickets where it does not say. */
  recordKind: z.enum(['tickets', 'check-ins']).optional(),
  /** The format's options as they were used, defaults filled in. */
  options: z.record(z.string(), z.unknown()),
  columns: z.array(z.string()),
  createdAt: z.number().int(),
  timeZone: z.string(),
  locale: z.string(),
  /** Records in the file; in an archive, those in each of its formats, the fewest. */
  records: z.number().int(),
  /** Records set aside, with reasons; `rejectedCount` counts all of them, the list holds the first 1,000. */
  rejectedCount: z.number().int(),
  rejected: z.array(rejectionSchema),
  firstKey: z.string().nullable(),
  lastKey: z.string().nullable(),
  /** Of all parts. */
  bytes: z.number().int(),
  /** SHA-256 of the content before compression, hex. Of several parts: of their hashes, a line each. */
  contentSha256: z.string(),
  /** SHA-256 of the file's bytes, hex. Of several parts: of their hashes, a line each. */
  sha256: z.string(),
  /** How many files; `parts` lists the first 1,000. */
  partCount: z.number().int(),
  parts: z.array(filePartSchema),
});
export type FormatManifest = z.infer<typeof formatManifestSchema>;
type FilePart = z.infer<typeof filePartSchema>;

/**
 * What proves that an export is whole; kept in the export history, and beside the file as `<name>.manifest.json` where
 * we write to a folder.
 */
export const exportManifestSchema = formatManifestSchema.extend({
  /** Of an archive: what its files hold, one entry a format. */
  contents: z.array(formatManifestSchema).optional(),
});
export type ExportManifest = z.infer<typeof exportManifestSchema>;

/** A file that is whole, with the records that were set aside for it: what is kept to go on after a crash. */
export interface FinishedPart extends FilePart {
  readonly rejectedCount: number;
  readonly rejected: readonly Rejection[];
}
