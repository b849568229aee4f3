import { z } from 'zod';

/**
 * What proves that an export is whole; kept in the export history, and beside the file as `<name>.manifest.json` where
 * we write to a folder.
 */
export const exportManifestSchema = z.object({
  version: z.literal(1),
  /** The format's id. */
  format: z.string(),
  fileName: z.string(),
  /** The format's options as they were used, defaults filled in. */
  options: z.record(z.string(), z.unknown()),
  columns: z.array(z.string()),
  createdAt: z.number().int(),
  timeZone: z.string(),
  locale: z.string(),
  /** Records in the file. */
  records: z.number().int(),
  /** Records set aside, with reasons; `rejectedCount` counts all of them, the list holds the first 1,000. */
  rejectedCount: z.number().int(),
  rejected: z.array(z.object({ key: z.string(), reason: z.string() })),
  firstKey: z.string().nullable(),
  lastKey: z.string().nullable(),
  bytes: z.number().int(),
  /** SHA-256 of the content before compression, hex. */
  contentSha256: z.string(),
  /** SHA-256 of the file's bytes, hex. */
  sha256: z.string(),
  parts: z.array(
    z.object({ fileName: z.string(), bytes: z.number().int(), sha256: z.string(), records: z.number().int() }),
  ),
});
export type ExportManifest = z.infer<typeof exportManifestSchema>;
