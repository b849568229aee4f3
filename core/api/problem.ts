import { z } from 'zod';

/** Stable codes of `application/problem+json` answers (RFC 9457). Clients switch on these, never on texts. */
export const PROBLEM_CODES = [
  'not-valid',
  'not-signed-in',
  'forbidden',
  'cross-site',
  'insecure-transport',
  'not-found',
  'method-not-allowed',
  'event-not-found',
  'type-not-found',
  'type-in-use',
  'capacity-exceeded',
  'batch-not-declared',
  'batch-conflict',
  'batch-sealed',
  'chunk-conflict',
  'chunk-not-found',
  'correction-conflict',
  'digest-mismatch',
  'digest-required',
  'chunk-invalid',
  'signature-invalid',
  'too-large',
  'unsupported-encoding',
  'unsupported-media-type',
  'rate-limited',
  'overloaded',
  'storage-full',
  'setup-done',
  'setup-token-invalid',
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

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
