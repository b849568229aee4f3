import type { QueryClient } from '@tanstack/react-query';
import type { ScanConflict } from '../../../core/api/gate.ts';
import type { ScansFileBody } from '../../../core/gate/gate-file.ts';
import { GateHub } from '../../../core/gate/gate-hub.ts';
import { encodeBase64Url } from '../../../core/ticket/base64url.ts';
import {
  addHubKey,
  type HubDevice,
  keepGathered,
  nextFileTime,
  readHub,
  readHubKey,
} from '../../database/hub-records.ts';
import { FileRefusal } from './file-refusal.ts';
import { hubKnowledge } from './hub-knowledge.ts';
import { type ReadFile, readGateFile } from './read-file.ts';
import { signFile, signingKey } from './signing-key.ts';

/** One tab at a time takes files in, or makes one. */
const LOCK = 'ticketmint-gate-hub';

/** A file of scans that was read. */
export interface ScansFile extends Omit<ReadFile, 'body'> {
  readonly body: ScansFileBody;
  readonly fileName: string;
}

/** What became of a file that was brought. */
export type Brought =
  /** `known`: scans that were here already. */
  | { readonly kind: 'taken'; readonly file: ScansFile; readonly added: number; readonly known: number }
  /** Nobody has compared its key, or another one was compared (`other`), or trust was taken back (`revoked`). */
  | { readonly kind: 'compare'; readonly file: ScansFile; readonly why: 'first' | 'other' | 'revoked' }
  /** It begins after what is here: scans in between are in a file that was not brought. */
  | { readonly kind: 'missing'; readonly file: ScansFile; readonly have: number }
  | { readonly kind: 'failed'; readonly fileName: string; readonly error: unknown };

/** The key that signs this device's gate files. */
export function hubKey() {
  return signingKey({ read: readHubKey, add: addHubKey });
}

/** Makes the next gate file of an event. @throws {FileRefusal} `no-gate` */
export function makeGateFile(queryClient: QueryClient, eventId: string) {
  return navigator.locks.request(LOCK, async () => {
    const { setup, batches, withheld, foreign } = await hubKnowledge(queryClient, eventId);
    if (setup.gates.every(({ archivedAt }) => archivedAt !== null)) throw new FileRefusal('no-gate');
    const { hub } = await openHub(eventId);
    const at = await nextFileTime(eventId, Date.now());
    const body = hub.gateFile({ setup, batches, withheld, foreign }, { at });
    return { at, bytes: await signFile(body, await hubKey()) };
  });
}

/** Takes in what gates have sent, file by file, in the order of each device's scans. */
export async function bringIn(eventId: string, files: readonly File[]): Promise<Brought[]> {
  const read = await Promise.all(files.map((file) => readScans(eventId, file)));
  const numberOf = (one: Brought | ScansFile) => ('body' in one ? one.body.from : -1);
  const brought: Brought[] = [];
  for (const one of read.sort((left, right) => numberOf(left) - numberOf(right)))
    brought.push('body' in one ? await take(one) : one);
  return brought;
}

/** Takes a file in whose key a person has compared; from now on files by it are taken. */
export function acceptFile(file: ScansFile): Promise<Brought> {
  return take(file, true);
}

async function readScans(eventId: string, file: File): Promise<ScansFile | Brought> {
  const fileName = file.name;
  try {
    const { body, ...rest } = await readGateFile(file);
    if (body.kind !== 'scans') throw new FileRefusal('for-gates');
    if (body.event !== eventId) throw new FileRefusal('wrong-event');
    return { ...rest, body, fileName };
  } catch (error) {
    return { kind: 'failed', fileName, error };
  }
}

/** @param isCompared a person has just compared its key. */
function take(file: ScansFile, isCompared = false): Promise<Brought> {
  return navigator.locks.request(LOCK, async (): Promise<Brought> => {
    try {
      const { body, fileName } = file;
      const { hub, devices } = await openHub(body.event);
      const why = isCompared ? null : doubtOf(file, devices);
      if (why !== null) return { kind: 'compare', file, why };
      const added = hub.merge(body);
      if (added === 'missing') return { kind: 'missing', file, have: hub.countOf(body.device) };
      await keepGathered(deviceOf(file, hub, devices), added);
      return {
        kind: 'taken',
        file: { ...file, fileName },
        added: added.length,
        known: body.scans.length - added.length,
      };
    } catch (error) {
      return { kind: 'failed', fileName: file.fileName, error };
    }
  });
}

/** Why a person has to look at its key first; null where it was compared. */
function doubtOf({ body, publicKey }: ScansFile, devices: readonly HubDevice[]): 'first' | 'other' | 'revoked' | null {
  const key = encodeBase64Url(publicKey);
  const own = devices.find(({ device }) => device === body.device);
  if (own !== undefined && own.publicKey !== key) return 'other';
  // The same tablet under another number is the same tablet.
  const compared = own ?? devices.find((device) => device.publicKey === key);
  if (compared === undefined) return 'first';
  return compared.isTrusted ? null : 'revoked';
}

function deviceOf({ body, publicKey }: ScansFile, hub: GateHub, devices: readonly HubDevice[]): HubDevice {
  const { event: eventId, device, name, gate, at } = body;
  const before = devices.find((one) => one.device === device);
  const key = encodeBase64Url(publicKey);
  const newest = before !== undefined && before.at > at ? before : { name, gate, at };
  return {
    ...{ eventId, device, name: newest.name, gate: newest.gate, at: newest.at },
    ...{ publicKey: key, isTrusted: true, count: hub.countOf(device) },
  };
}

async function openHub(eventId: string) {
  const { scans, devices } = await readHub(eventId);
  const counts = devices.map(({ device, count }) => [device, count] as const);
  return { hub: new GateHub({ scans, counts }), devices };
}

/** What is shown of what was gathered. */
export interface HubView {
  readonly devices: readonly HubDevice[];
  readonly scans: number;
  readonly waiting: number;
  readonly refused: number;
  readonly conflicts: readonly ScanConflict[];
}

export async function readHubView(eventId: string): Promise<HubView> {
  const { scans, devices, waiting, refused } = await readHub(eventId);
  const { ledger } = new GateHub({ scans, counts: [] });
  return { devices, scans: scans.length, waiting, refused, conflicts: ledger.conflicts() };
}
