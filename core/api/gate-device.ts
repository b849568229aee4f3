import { z } from 'zod';
import { decodeBase32 } from '../ticket/base32.ts';
import { eventIdSchema, timestampSchema, typeIndexSchema } from './event.ts';

/** How long a device's session outlives its event's end, also when it never reaches the server meanwhile. */
export const GATE_SESSION_MARGIN_MS = 7 * 24 * 60 * 60 * 1_000;

/** How long a pairing code may be used; and after that, how long each further step of a pairing may take. */
export const PAIRING_MS = 5 * 60 * 1_000;

/** Chosen by the server, as an event's id is. */
export const gateIdSchema = z.string().regex(/^[0-9a-z]{12}$/);
/** Of a device that was paired: chosen by the server, or at random by a device that works without one. */
export const gateDeviceIdSchema = z.string().regex(/^[0-9a-z]{12}$/);
export const pairingIdSchema = z.string().regex(/^[0-9a-z]{12}$/);

/** A gate and its rules, the same on its devices and on the server. */
export const gateInputSchema = z.object({
  name: z.string().trim().min(1).max(100),
  /** Indexes of the ticket types let through, ascending; null: all of them, also those made later. */
  types: z
    .array(typeIndexSchema)
    .min(1)
    .refine((types) => types.every((type, index) => index === 0 || type > (types[index - 1] as number)), {
      message: 'expected each type once, ascending',
    })
    .nullable(),
  /** What a scan means here; at `both` the steward says which. */
  direction: z.enum(['entry', 'exit', 'both']),
  /** Whether a ticket that was scanned out may enter again here. */
  reentry: z.boolean(),
  /** How many may be inside who came in here, less those who left here; null: no limit. */
  capacity: z.number().int().min(1).max(100_000_000).nullable(),
  /** Whether a steward may take back a scan, within a minute of it. */
  undo: z.boolean(),
});
export type GateInput = z.infer<typeof gateInputSchema>;

/**
 * `POST /api/events/{event}/gates`. With an `id`, chosen at random where the server could not be reached, the gate has that
 * one: made again it is the same gate, as the server has it by then.
 */
export const newGateSchema = z.object({ ...gateInputSchema.shape, id: gateIdSchema.optional() });
export type NewGate = z.infer<typeof newGateSchema>;

/**
 * `PATCH /api/events/{event}/gates/{gate}`: what changes. `archived` closes the gate, or opens it again; its scans stay. A
 * gate with devices cannot be closed.
 */
export const gatePatchSchema = z.object({ ...gateInputSchema.shape, archived: z.boolean() }).partial();
export type GatePatch = z.infer<typeof gatePatchSchema>;

export const gateSchema = z.object({
  ...gateInputSchema.shape,
  id: gateIdSchema,
  createdAt: timestampSchema,
  /** Null, or since when it is closed. */
  archivedAt: timestampSchema.nullable(),
});
export type Gate = z.infer<typeof gateSchema>;

export const deviceNameSchema = z.string().trim().min(1).max(60);

const batterySchema = z.object({ percent: z.number().int().min(0).max(100), charging: z.boolean() });
export type Battery = z.infer<typeof batterySchema>;

/** A device that is, or was, paired with a gate. */
export const gateDeviceSchema = z.object({
  id: gateDeviceIdSchema,
  gateId: gateIdSchema,
  name: deviceNameSchema,
  pairedAt: timestampSchema,
  /** Its session ends by itself then: {@link GATE_SESSION_MARGIN_MS} after the event's end. */
  validUntil: timestampSchema,
  /** The last request of its session; null before the first. To the minute. */
  lastContactAt: timestampSchema.nullable(),
  /** When it was last brought up to date; null before that. */
  lastSyncAt: timestampSchema.nullable(),
  /** Null where the browser does not tell. */
  battery: batterySchema.nullable(),
  revokedAt: timestampSchema.nullable(),
});
export type GateDevice = z.infer<typeof gateDeviceSchema>;

/** `PATCH /api/events/{event}/gate-devices/{device}` */
export const gateDevicePatchSchema = z.object({ name: deviceNameSchema });

/** 128 random bits in base32 (RFC 4648): 26 characters. */
const pairingCodeSchema = z
  .string()
  .refine((code) => decodeBase32(code)?.length === 16, 'expected a pairing code of 26 characters');

/** `POST /api/events/{event}/gates/{gate}/pairings`: a code that pairs one device, once. */
export const openedPairingSchema = z.object({
  id: pairingIdSchema,
  code: pairingCodeSchema,
  /** Where devices find this server: `scheme://host[:port]`. */
  origin: z.string(),
  secondsLeft: z.number().int().min(0),
});
export type OpenedPairing = z.infer<typeof openedPairingSchema>;

/** Both screens show them; equal digits mean that the admin confirms the device in front of them. */
const digitsSchema = z.string().regex(/^\d{6}$/);

/** `GET /api/events/{event}/pairings/{pairing}`: how far it is, for the admin. */
export const pairingSchema = z.object({
  id: pairingIdSchema,
  gateId: gateIdSchema,
  secondsLeft: z.number().int().min(0),
  /** The device that used the code; null before. */
  device: z.object({ name: deviceNameSchema, digits: digitsSchema }).nullable(),
});
export type Pairing = z.infer<typeof pairingSchema>;

/** `POST /api/events/{event}/pairings/{pairing}/confirmation` */
export const confirmationSchema = z.object({ digits: digitsSchema });

/** `POST /api/gate/pairing`, from the device. */
export const claimSchema = z.object({
  code: pairingCodeSchema,
  name: deviceNameSchema,
  /** 128 random bits in hex, chosen by the device: sent again, as after a lost reply, the same claim is the same. */
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
});
export type Claim = z.infer<typeof claimSchema>;

/** `GET /api/gate/pairing` answers it, or null when the device waits for nothing (any more). */
export const claimedPairingSchema = z.object({
  /** `confirmed`: the session may be fetched by `POST /api/gate/session`. */
  state: z.enum(['waiting', 'confirmed', 'refused']),
  name: deviceNameSchema,
  digits: digitsSchema,
  eventName: z.string(),
  gateName: z.string(),
  secondsLeft: z.number().int().min(0),
});
export type ClaimedPairing = z.infer<typeof claimedPairingSchema>;

/** What a paired device knows of itself: `POST` and `GET /api/gate/session`. */
export const gateSessionSchema = z.object({
  device: z.object({ id: gateDeviceIdSchema, name: deviceNameSchema }),
  event: z.object({ id: eventIdSchema, name: z.string(), timeZone: z.string(), endsAt: timestampSchema }),
  gate: gateSchema,
  validUntil: timestampSchema,
});
export type GateSession = z.infer<typeof gateSessionSchema>;

/** `GET /api/gate/session`: whether this device is paired. */
export const gateSessionStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('paired'), ...gateSessionSchema.shape }),
  /** It was: somebody revoked it, or its time is over. */
  z.object({ state: z.literal('ended') }),
  z.object({ state: z.literal('unpaired') }),
]);

/** `PUT /api/gate/session/status`: what the device tells of itself. */
export const gateStatusSchema = z.object({ battery: batterySchema.nullable() });

/** A pairing code as people type it or paste its link: any case, spaces and hyphens anywhere, 0, 1 and 8 for O, I and B. */
export function parsePairingCode(input: string): string | undefined {
  const code = input
    .slice(input.lastIndexOf('#') + 1)
    .replace(/[\s\u00ad\u2010-\u2015-]+/g, '')
    .toUpperCase()
    .replaceAll('0', 'O')
    .replaceAll('1', 'I')
    .replaceAll('8', 'B');
  return pairingCodeSchema.safeParse(code).success ? code : undefined;
}
