import { type GateSession, gateSessionSchema } from '../../../core/api/gate-device.ts';

/** What a start without the server shows: it is no secret, and opens nothing. The session itself is in a cookie. */
const KEY = 'ticketmint-gate';

export interface KeptSession {
  readonly session: GateSession;
  /** When the server said so last, by this device's clock; ms since epoch. */
  readonly contactAt: number;
  /** It was set up from a gate file: no server knows of it. */
  readonly isByFile?: boolean;
}

export function keepSession(session: GateSession, { isByFile = false } = {}): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ session, contactAt: Date.now(), isByFile } satisfies KeptSession));
  } catch {
    // A browser that keeps nothing asks the server each time.
  }
}

export function forgetSession(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/** What was kept, if it is of the form that this version knows. */
export function keptSession(): KeptSession | undefined {
  try {
    const { session, contactAt, isByFile } = JSON.parse(localStorage.getItem(KEY) ?? 'null') as KeptSession;
    return { session: gateSessionSchema.parse(session), contactAt: Number(contactAt), isByFile: isByFile === true };
  } catch {
    // Nothing, or nothing that is understood.
    return undefined;
  }
}
