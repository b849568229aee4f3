import { z } from 'zod';
import { columnChoiceSchema, sortSchema } from '../export/common-options.ts';
import { filterSchema } from '../export/filters.ts';
import { batchIdSchema } from './batch.ts';
import { timestampSchema } from './event.ts';

const MAX_COLUMNS = 200;
const MAX_BATCHES = 1_000;
/** One of each. */
const MAX_FORMATS = 20;

/** An event's templates, at most. */
export const MAX_EXPORT_TEMPLATES = 100;

/** Chosen by whoever makes the template: 12 lower-case letters and digits. */
export const exportTemplateIdSchema = z.string().regex(/^[0-9a-z]{12}$/);

/** What an export is to hold and how it is written; plain data, so that it can be kept, shared and run again. */
export const exportPlanSchema = z.object({
  /** The scans at the event's gates; without it its tickets. */
  source: z.literal('check-ins').optional(),
  /** Null: all batches of the event, also those to come. Of tickets only. */
  batches: z.array(batchIdSchema).max(MAX_BATCHES).nullable(),
  /** The registry's ids, each with the options that differ from its defaults; what they mean is checked by the format. */
  formats: z
    .array(
      z.object({
        id: z.string().min(1).max(40),
        options: z.record(z.string().max(60), z.unknown()),
        /** Split into files of so many records at most; without it one file holds all. */
        recordsPerFile: z.number().int().min(1).max(100_000_000).optional(),
      }),
    )
    .min(1)
    .max(MAX_FORMATS),
  columns: z.array(columnChoiceSchema).min(1).max(MAX_COLUMNS).nullable(),
  filters: filterSchema.nullable(),
  sort: sortSchema.nullable(),
  /** Without its extension; null: the usual one. */
  fileName: z.string().min(1).max(120).nullable(),
});
export type ExportPlan = z.infer<typeof exportPlanSchema>;

/** `PUT /api/events/{event}/export-templates/{template}`: makes the template, or replaces it. */
export const exportTemplateInputSchema = z.object({
  name: z.string().trim().min(1).max(100),
  plan: exportPlanSchema,
});
export type ExportTemplateInput = z.infer<typeof exportTemplateInputSchema>;

/** A plan under a name, shared by all who work on the event. */
export const exportTemplateSchema = z.object({
  ...exportTemplateInputSchema.shape,
  id: exportTemplateIdSchema,
  updatedAt: timestampSchema,
  /** The name of who changed it last. */
  updatedBy: z.string(),
});
export type ExportTemplate = z.infer<typeof exportTemplateSchema>;
