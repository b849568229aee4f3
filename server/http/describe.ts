import { z } from 'zod';
import { batchIdSchema, seqSchema } from '../../core/api/batch.ts';
import { eventIdSchema, timestampSchema, typeIndexSchema } from '../../core/api/event.ts';
import { exportTemplateIdSchema } from '../../core/api/export-template.ts';
import { conflictCursorSchema, gateCursorSchema } from '../../core/api/gate.ts';
import { gateDeviceIdSchema, gateIdSchema, pairingIdSchema } from '../../core/api/gate-device.ts';
import { problemSchema } from '../../core/api/problem.ts';

/** An answer with a JSON body, for a route's description. */
export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } } as const;
}

/** A JSON body that must be there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

/** What every route may answer besides. */
export const problems = {
  default: {
    description: 'A problem (RFC 9457); clients switch on its `code`',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
} as const;

/** Decimal without sign, exponent or leading zero: one spelling for each number in a path. */
function decimal(schema: z.ZodNumber) {
  return z
    .string()
    .regex(/^(?:0|[1-9]\d{0,15})$/)
    .transform(Number)
    .pipe(schema);
}

export const eventParams = z.object({ event: eventIdSchema });
export const typeParams = z.object({ event: eventIdSchema, index: decimal(typeIndexSchema) });
export const batchParams = z.object({ event: eventIdSchema, batch: batchIdSchema });
export const chunkParams = z.object({ ...batchParams.shape, seq: decimal(seqSchema) });
export const revocationParams = z.object({ event: eventIdSchema, id: decimal(z.number().int().min(1)) });
export const exportTemplateParams = z.object({ event: eventIdSchema, template: exportTemplateIdSchema });

export const gateParams = z.object({ event: eventIdSchema, gate: gateIdSchema });
export const gateDeviceParams = z.object({ event: eventIdSchema, device: gateDeviceIdSchema });
export const pairingParams = z.object({ event: eventIdSchema, pairing: pairingIdSchema });

/** `limit` of a query, with its default. */
export function limitQuery(maximum: number, standard: number) {
  return decimal(z.number().int().min(1).max(maximum)).prefault(String(standard));
}

/** How far a gate is; both or none. */
export const cursorQuery = z
  .object({ changes: decimal(gateCursorSchema.shape.changes), scans: decimal(gateCursorSchema.shape.scans) })
  .partial();

/** A place in the list of double entries; both or none. */
export const conflictCursorQuery = z
  .object({ afterAt: decimal(timestampSchema), afterNonce: conflictCursorSchema.shape.afterNonce })
  .partial();

/** From when on, ms since epoch. */
export const sinceQuery = decimal(timestampSchema).prefault('0');

/** `after` of a page's query; from the beginning without it. */
export const afterQuery = decimal(z.number().int().min(0)).prefault('0');

/** `before` of a page's query. */
export const beforeQuery = decimal(z.number().int().min(1)).optional();
