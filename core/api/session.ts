import { z } from 'zod';

/** What a person may do. Admins do everything; coordinators everything but team and settings; gates verify only. */
const roleSchema = z.enum(['admin', 'coordinator', 'gate']);
export type Role = z.infer<typeof roleSchema>;

/** `GET /api/me` answers it, or null when nobody is signed in. */
export const meSchema = z.object({ id: z.string(), name: z.string(), email: z.string(), role: roleSchema });
export type Me = z.infer<typeof meSchema>;

const emailSchema = z.email().max(254);
/** ASVS 6.2: at least 8 characters (we ask for 12), at least 64 allowed. */
export const passwordSchema = z.string().min(12).max(128);

/** `POST /api/setup`: makes the first administrator with the one-time link's token. */
export const setupRequestSchema = z.object({
  token: z.string().max(100),
  name: z.string().trim().min(1).max(100),
  email: emailSchema,
  password: passwordSchema,
});
export type SetupRequest = z.infer<typeof setupRequestSchema>;

/** `GET /api/setup` */
export const setupStateSchema = z.object({
  needsSetup: z.boolean(),
  /** The https address that people should use, as an origin; null when the server knows of none. */
  httpsUrl: z.string().nullable(),
});

/** `POST /api/auth/sign-in/email` (better-auth's own route). */
export const signInRequestSchema = z.object({ email: emailSchema, password: z.string().min(1).max(128) });
export type SignInRequest = z.infer<typeof signInRequestSchema>;
