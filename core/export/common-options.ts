import { z } from 'zod';
import { filterSchema } from './filters.ts';

const MAX_PAGE_SIZE = 1_000;

/** A column by its id, in the place where it is to stand; `title` renames its header. */
export const columnChoiceSchema = z.object({ id: z.string().min(1), title: z.string().max(200).optional() });
export type ColumnChoice = z.infer<typeof columnChoiceSchema>;

/** By which column, whether or not it is exported. Text is compared as in the export's locale, nothing comes last. */
export const sortSchema = z.object({ column: z.string().min(1), direction: z.enum(['ascending', 'descending']) });
export type Sort = z.infer<typeof sortSchema>;

/** Options that every format has; a format's schema spreads them: `z.object({ ...commonOptions, … })`. */
export const commonOptions = {
  /** Which columns, in which order; null: all that the source has. */
  columns: z.array(columnChoiceSchema).min(1).nullable().default(null),
  /** Which records; null: all. The source applies it. */
  filters: filterSchema.nullable().default(null),
  /** In which order; null: by batch and serial. The source applies it. */
  sort: sortSchema.nullable().default(null),
  /** Records read at a time. */
  pageSize: z.number().int().min(1).max(MAX_PAGE_SIZE).default(MAX_PAGE_SIZE),
  /** About how many records lie between two reports of progress. */
  progressEvery: z.number().int().min(1).max(1_000_000).default(1_000),
};
export type CommonOptions = z.infer<z.ZodObject<typeof commonOptions>>;
