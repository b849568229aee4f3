import { z } from 'zod';
import { LANGUAGES } from '../languages.ts';
import { MAX_TYPE_INDEX } from '../ticket/type-index.ts';

/** Milliseconds since epoch, UTC. */
export const timestampSchema = z.number().int().min(0).max(8_640_000_000_000_000);

const timeZoneSchema = z
  .string()
  .max(64)
  .refine((zone) => isTimeZone(zone), 'expected an IANA time zone');

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const languageSchema = z.enum(LANGUAGES);

export const eventInputSchema = z
  .object({
    name: z.string().trim().min(1).max(200),
    place: z.string().trim().max(200),
    timeZone: timeZoneSchema,
    startsAt: timestampSchema,
    endsAt: timestampSchema,
    /** ISO 4217. */
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** Of its tickets, and of messages about them; the interface has its own. */
    language: languageSchema.default('en'),
  })
  .refine((event) => event.endsAt > event.startsAt, { path: ['endsAt'], message: 'expected an end after the start' });
export type EventInput = z.infer<typeof eventInputSchema>;

/** `POST /api/events` */
export const newEventSchema = eventInputSchema.safeExtend({
  /** Present on an event that was made to try things out: all of its batches are rehearsals, and it can be removed. */
  demo: z.literal(true).optional(),
  /** Whether gates get a batch that is declared from now on only once an administrator has approved it; by default not. */
  approval: z.boolean().optional(),
  /** Whether gates show a ticket's name and seat once its token was scanned; by default not. */
  gateNames: z.boolean().optional(),
});
export type NewEvent = z.infer<typeof newEventSchema>;

/**
 * `PATCH /api/events/{event}`: what changes; the result must satisfy {@link eventInputSchema}. `approval` changes nothing for
 * batches that are there.
 */
export const eventPatchSchema = z
  // A default would change what a patch leaves out.
  .object({ ...eventInputSchema.shape, language: languageSchema, approval: z.boolean(), gateNames: z.boolean() })
  .partial();
export type EventPatch = z.infer<typeof eventPatchSchema>;

export const eventIdSchema = z.string().regex(/^[0-9a-z]{12}$/);

export const eventSchema = z.object({
  ...newEventSchema.shape,
  id: eventIdSchema,
  createdAt: timestampSchema,
});
export type EventRecord = z.infer<typeof eventSchema>;

export const typeIndexSchema = z.number().int().min(0).max(MAX_TYPE_INDEX);

export const ticketTypeInputSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    /** In the currency's minor unit (paise, cents). */
    priceMinor: z.number().int().min(0).max(1_000_000_000_000),
    /** A colour of the interface's palette, by name; printed as a bar on tickets. */
    colour: z.enum([
      'gray',
      'red',
      'pink',
      'grape',
      'violet',
      'indigo',
      'blue',
      'cyan',
      'teal',
      'green',
      'lime',
      'yellow',
      'orange',
    ]),
    /** How many tickets of this type may exist in all; null: no limit. */
    capacity: z.number().int().min(1).max(100_000_000).nullable(),
    /** When its tickets are valid; null: the event's own time. */
    notBefore: timestampSchema.nullable(),
    notAfter: timestampSchema.nullable(),
  })
  .refine((type) => type.notBefore === null || type.notAfter === null || type.notAfter > type.notBefore, {
    path: ['notAfter'],
    message: 'expected an end after the start',
  });
export type TicketTypeInput = z.infer<typeof ticketTypeInputSchema>;

/**
 * `PATCH /api/events/{event}/types/{index}`: what changes; the result must satisfy {@link ticketTypeInputSchema}.
 * `archived` ends or resumes the making of new tickets of this type; those that exist stay valid.
 */
export const ticketTypePatchSchema = z.object({ ...ticketTypeInputSchema.shape, archived: z.boolean() }).partial();
export type TicketTypePatch = z.infer<typeof ticketTypePatchSchema>;

export const ticketTypeSchema = z.object({
  ...ticketTypeInputSchema.shape,
  /** 0 to 255; never reused within the event. */
  index: typeIndexSchema,
  /** Tickets of open and sealed batches: what the capacity is checked against. */
  declared: z.number().int().min(0),
  /** Null, or since when no new tickets of this type are made. */
  archivedAt: timestampSchema.nullable(),
});
export type TicketType = z.infer<typeof ticketTypeSchema>;

/** `GET /api/events/{event}/summary`: kept counters, never counted rows. */
export const eventSummarySchema = z.object({
  batches: z.number().int(),
  openBatches: z.number().int(),
  declared: z.number().int(),
  stored: z.number().int(),
  verified: z.number().int(),
  quarantined: z.number().int(),
  revoked: z.number().int(),
});
export type EventSummary = z.infer<typeof eventSummarySchema>;
