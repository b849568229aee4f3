import type { Battery, Gate, GateDevice, GatePatch, NewGate } from '../../core/api/gate-device.ts';

/** An event's gates. As in the other stores, every act leaves its line in the audit log. */
export interface GateStore {
  /** In the order they were made, closed ones included. @throws `event-not-found` */
  list(eventId: string): Promise<Gate[]>;
  /**
   * With an id that the event has a gate of, that gate, unchanged.
   * @throws `event-not-found`, `type-not-found`, `not-valid` when the event has 100 others or the id is another event's
   */
  create(eventId: string, input: NewGate, actorId: string): Promise<Gate>;
  /** @throws `gate-not-found`, `type-not-found`, `gate-in-use` when it is to be closed with devices */
  update(eventId: string, gateId: string, patch: GatePatch, actorId: string): Promise<Gate>;
}

/** A device's session as it is looked up at each request. */
export interface GateSessionRecord {
  readonly device: GateDevice;
  readonly eventId: string;
  readonly event: { readonly name: string; readonly timeZone: string; readonly endsAt: number };
  readonly gate: Gate;
  /** Null before it has fetched one, and once it is revoked. */
  readonly tokenHash: Uint8Array | null;
}

export interface GateDeviceStore {
  /** Newest first, revoked ones included. @throws `event-not-found` */
  list(eventId: string): Promise<GateDevice[]>;
  /** @throws `device-not-found` */
  rename(eventId: string, deviceId: string, name: string, actorId: string): Promise<GateDevice>;
  /** Ends its session at once; again, it changes nothing. @throws `device-not-found` */
  revoke(eventId: string, deviceId: string, actorId: string): Promise<GateDevice>;
  /** `undefined` when there was never such a device. */
  findSession(deviceId: string): Promise<GateSessionRecord | undefined>;
  /** Notes what is newly known of a device. Not audited: it would be a line a minute. */
  note(deviceId: string, news: GateDeviceNews): Promise<void>;
}

/** What is absent stays as it was. */
export interface GateDeviceNews {
  readonly contactAt?: number;
  readonly syncAt?: number;
  readonly battery?: Battery | null;
}

/** A pairing under way. Its code, and what its device goes on with, are known by their SHA-256 only. */
export interface PairingRecord {
  readonly id: string;
  readonly eventId: string;
  readonly gateId: string;
  /** `open`: the code may be used; `waiting`: a device has, and waits for the admin. */
  readonly state: 'open' | 'waiting' | 'confirmed' | 'refused';
  readonly expiresAt: number;
  readonly claimHash: Uint8Array | null;
  readonly secretHash: Uint8Array | null;
  readonly deviceName: string | null;
  readonly deviceId: string | null;
}

export interface ClaimRecord {
  readonly codeHash: Uint8Array;
  /** Of the code with the device's nonce: the same again is the same claim. */
  readonly claimHash: Uint8Array;
  readonly secretHash: Uint8Array;
  readonly deviceName: string;
}

/** Pairings; each step gives the next one five minutes. Whatever is over is deleted at the next call. */
export interface GatePairingStore {
  /**
   * @throws `gate-not-found` (also when closed), `rate-limited` when 20 pairings of the event are under way
   */
  open(eventId: string, gateId: string, codeHash: Uint8Array, actorId: string): Promise<PairingRecord>;
  /** `undefined` when it is over. */
  find(pairingId: string): Promise<PairingRecord | undefined>;
  /**
   * Uses a code up, and keeps who did: one device, whoever comes first. The same claim again renews its secret.
   * @throws `pairing-over` when the code was used, has expired or never was
   */
  claim(claim: ClaimRecord): Promise<PairingRecord>;
  /** Makes the device; again, it changes nothing. @throws `pairing-over`, `not-valid` before a device has used the code */
  confirm(eventId: string, pairingId: string, actorId: string): Promise<GateDevice>;
  /** Refuses the device, or takes the code back; again, it changes nothing. */
  refuse(eventId: string, pairingId: string, actorId: string): Promise<void>;
  /** Gives the confirmed device a session; again, as after a lost reply, the newest token holds. @throws `pairing-over` */
  complete(pairingId: string, tokenHash: Uint8Array): Promise<GateSessionRecord>;
}
