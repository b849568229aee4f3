import { z } from 'zod';
import { PROBLEM_CODES } from './problem-codes.ts';

export const problemSchema = z.object({
  /** Always `about:blank`: the code identifies the problem. */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string().optional(),
  /** For 422: which field, and why. */
  field: z.string().optional(),
  reason: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
