import type { GateSync, Scan } from '../../../../core/api/gate.ts';
import { type GateFileBody, sealGateFile } from '../../../../core/gate/gate-file.ts';
import { GateHub } from '../../../../core/gate/gate-hub.ts';
import { encodeBase64Url } from '../../../../core/ticket/base64url.ts';
import type { BatchKeyPair } from '../../../../core/ticket/signer/signer.ts';
import { webCryptoEngine } from '../../../../core/ticket/signer/web-crypto.ts';
import type { ReadFile } from '../../../../src/features/gate-files/read-file.ts';
import { readGateFile } from '../../../../src/features/gate-files/read-file.ts';
import type { GateBatchFixture } from '../gate/fake-gate-server.ts';

export const EVENT = 'event0000001';
export const NORTH = 'gate00000000';
export const SOUTH = 'gate00000001';
const HOUR = 3_600_000;
const RULES = { types: null, direction: 'both', reentry: false, capacity: null, undo: true, archivedAt: null } as const;

/** What the tablet that mints knows of an event that is on now: 1,000 tickets, 900 to 910 revoked. */
export function knownOf({ id, publicKey }: GateBatchFixture, eventId = EVENT) {
  const [at, window] = [Date.now(), { notBefore: null, notAfter: null }];
  const event = { id: eventId, name: 'Night', timeZone: 'UTC', startsAt: at - HOUR, endsAt: at + HOUR, demo: false };
  const revoked: [number, number][] = [[900, 910]];
  return {
    setup: {
      event,
      types: [{ index: 0, name: 'General', colour: 'blue' as const, ...window }],
      gates: [
        { ...RULES, id: NORTH, name: 'North' },
        { ...RULES, id: SOUTH, name: 'South' },
      ],
      rules: { capacity: null, earlyMs: 0, lateMs: 0 },
    },
    batches: [{ id, publicKey, typeIndex: 0, count: 1_000, ...window, rehearsal: false, revoked }],
    foreign: [],
  };
}

/** Another device, with a key of its own. */
export class Signer {
  readonly #key: Promise<BatchKeyPair> = webCryptoEngine.generateKeyPair();

  async publicKey(): Promise<string> {
    return encodeBase64Url((await this.#key).publicKey);
  }

  async file(body: GateFileBody, name = 'a.gatefile'): Promise<File> {
    const { publicKey, storedKey } = await this.#key;
    return new File([await sealGateFile(body, publicKey, await webCryptoEngine.openSigner(storedKey))], name);
  }

  /** As it is read from the file that was chosen. */
  async read(body: GateFileBody): Promise<ReadFile> {
    return readGateFile(await this.file(body));
  }
}

/** A gate file of a hub. */
export function gateBody(batch: GateBatchFixture, at: number, hub = new GateHub()): GateFileBody & { sync: GateSync } {
  return hub.gateFile(knownOf(batch), { at });
}

/** The scans of another gate. */
export function scansBody(device: string, from: number, scans: readonly Scan[]): GateFileBody {
  const at = Date.now();
  return { kind: 'scans', at, event: EVENT, device, name: `Tablet ${device}`, gate: SOUTH, from, scans: [...scans] };
}

let nonces = 0;

export function scanOf(batch: string, serial: number, parts: Partial<Scan> = {}): Scan {
  const nonce = (++nonces).toString(16).padStart(32, 'b');
  return { nonce, batch, serial, kind: 'enter', at: Date.now(), device: 'device000002', gate: SOUTH, ...parts };
}
