import type { Scan, ScanResult } from '../../core/api/gate.ts';
import type { Gate } from '../../core/api/gate-device.ts';
import type { BatchKeyPair } from '../../core/ticket/signer/signer.ts';
import { strictDatabase } from './database.ts';

/*
 * What the tablet that mints gathers on a day without a server. Among the settings, so that a page of an older version is not
 * shut out by a change of the tables.
 */
const KEY = 'hub-key';
const FILE = 'hub-file ';
const DEVICE = 'hub-device ';
const GATE = 'hub-gate ';
/** Scans that the server does not have, and those it has or will not have. */
const WAITING = 'hub-waiting ';
const SETTLED = 'hub-settled ';

/** A gate's tablet whose scans are brought here. */
export interface HubDevice {
  readonly eventId: string;
  /** Chosen by the tablet; its scans are numbered under it. */
  readonly device: string;
  readonly name: string;
  readonly gate: string;
  /** base64url, 32 bytes: who signs its files. */
  readonly publicKey: string;
  /** Whether a person has compared the key, and nobody has taken that back. */
  readonly isTrusted: boolean;
  /** How many of its scans, from its first, are here. */
  readonly count: number;
  /** When the newest of its files was written, by its own clock; ms since epoch. */
  readonly at: number;
}

interface SettledScan {
  readonly scan: Scan;
  readonly isRefused: boolean;
}

/** A gate that was made here; the server has it once it is `sent`, and never where it is `refused`. */
export interface OwnGate {
  readonly gate: Gate;
  readonly state: 'waiting' | 'sent' | 'refused';
}

export interface HubRecords {
  readonly scans: readonly Scan[];
  readonly devices: readonly HubDevice[];
  /** Scans that wait for the server. */
  readonly waiting: number;
  /** Scans that the server will not have. */
  readonly refused: number;
}

/** All that was gathered for an event. */
export async function readHub(eventId: string): Promise<HubRecords> {
  const [devices, waiting, settled] = await Promise.all([
    valuesOf<HubDevice>(DEVICE + eventId),
    valuesOf<Scan>(WAITING + eventId),
    valuesOf<SettledScan>(SETTLED + eventId),
  ]);
  const scans = [...waiting, ...settled.map(({ scan }) => scan)];
  const refused = settled.filter(({ isRefused }) => isRefused).length;
  return { scans, devices, waiting: waiting.length, refused };
}

/** Keeps what a file brought, all or nothing; it is on the disk when this resolves. @param scans those that are new. */
export async function keepGathered(device: HubDevice, scans: readonly Scan[]): Promise<void> {
  const rows = scans.map((scan) => ({ key: keyOf(WAITING, device.eventId, scan.nonce), value: scan }));
  await inOneStep(async (settings) => {
    await settings.put({ key: keyOf(DEVICE, device.eventId, device.device), value: device });
    await settings.bulkPut(rows);
  });
}

/** From now on, or no more, files by this device's key are taken. */
export async function trustDevice(
  { eventId, device }: Pick<HubDevice, 'eventId' | 'device'>,
  isTrusted: boolean,
): Promise<void> {
  await inOneStep(async (settings) => {
    const key = keyOf(DEVICE, eventId, device);
    // A file may have been taken since the device was shown.
    const known = (await settings.get(key))?.value as HubDevice | undefined;
    if (known !== undefined) await settings.put({ key, value: { ...known, isTrusted } });
  });
}

/** The next scans that wait, of one event. @param but those of batches that cannot be sent yet. */
export async function waitingScans(eventId: string, limit: number, but: ReadonlySet<string>): Promise<Scan[]> {
  const waiting = strictDatabase().settings.where('key').startsWith(`${WAITING}${eventId} `);
  const rows = await waiting
    .and(({ value }) => !but.has((value as Scan).batch))
    .limit(limit)
    .toArray();
  return rows.map(({ value }) => value as Scan);
}

/** How many scans wait, by event. */
export async function countWaitingScans(): Promise<{ readonly eventId: string; readonly count: number }[]> {
  const keys = await strictDatabase().settings.where('key').startsWith(WAITING).primaryKeys();
  const byEvent = Map.groupBy(keys, (key) => key.split(' ')[1] as string);
  return [...byEvent].map(([eventId, own]) => ({ eventId, count: own.length }));
}

/** Notes what the server said of scans. */
export async function settleScans(
  eventId: string,
  scans: readonly Scan[],
  results: readonly Pick<ScanResult, 'nonce' | 'seq'>[],
): Promise<void> {
  const numbers = new Map(results.map(({ nonce, seq }) => [nonce, seq]));
  const answered = scans.filter(({ nonce }) => numbers.has(nonce));
  await inOneStep(async (settings) => {
    await settings.bulkDelete(answered.map(({ nonce }) => keyOf(WAITING, eventId, nonce)));
    await settings.bulkPut(
      answered.map((scan) => {
        const value: SettledScan = { scan, isRefused: numbers.get(scan.nonce) === null };
        return { key: keyOf(SETTLED, eventId, scan.nonce), value };
      }),
    );
  });
}

/** What the server would not have waits again: it may know the batch by now. */
export async function sendRefusedAgain(eventId: string): Promise<void> {
  await inOneStep(async (settings) => {
    const rows = await settings.where('key').startsWith(`${SETTLED}${eventId} `).toArray();
    const refused = rows.map(({ value }) => value as SettledScan).filter(({ isRefused }) => isRefused);
    await settings.bulkDelete(refused.map(({ scan }) => keyOf(SETTLED, eventId, scan.nonce)));
    await settings.bulkPut(refused.map(({ scan }) => ({ key: keyOf(WAITING, eventId, scan.nonce), value: scan })));
  });
}

/** The gates of an event that were made here. */
export function ownGates(eventId: string): Promise<OwnGate[]> {
  return valuesOf<OwnGate>(GATE + eventId);
}

export async function putOwnGate(eventId: string, gate: OwnGate): Promise<void> {
  await strictDatabase().settings.put({ key: keyOf(GATE, eventId, gate.gate.id), value: gate });
}

/** Gates that the server does not have, with their events. */
export async function waitingGates(): Promise<{ readonly eventId: string; readonly gate: Gate }[]> {
  const rows = await strictDatabase().settings.where('key').startsWith(GATE).toArray();
  return rows.flatMap(({ key, value }) => {
    const { gate, state } = value as OwnGate;
    return state === 'waiting' ? [{ eventId: key.split(' ')[1] as string, gate }] : [];
  });
}

/**
 * The time of the next gate file: now, and after that of the file before, however the clock was set meanwhile. Noted, also
 * where the file is then not saved.
 */
export function nextFileTime(eventId: string, now: number): Promise<number> {
  return inOneStep(async (settings) => {
    const key = FILE + eventId;
    const before = ((await settings.get(key))?.value as number | undefined) ?? 0;
    const at = Math.max(now, before + 1);
    await settings.put({ key, value: at });
    return at;
  });
}

/** When the newest gate file of an event was made here. */
export async function lastFileTime(eventId: string): Promise<number | null> {
  return ((await strictDatabase().settings.get(FILE + eventId))?.value as number | undefined) ?? null;
}

/** The key that signs this device's gate files; `undefined` before the first. */
export async function readHubKey(): Promise<BatchKeyPair | undefined> {
  return (await strictDatabase().settings.get(KEY))?.value as BatchKeyPair | undefined;
}

/** Keeps a key, unless another tab was faster. @returns the one that is kept. */
export function addHubKey(made: BatchKeyPair): Promise<BatchKeyPair> {
  return inOneStep(async (settings) => {
    const kept = (await settings.get(KEY))?.value as BatchKeyPair | undefined;
    if (kept === undefined) await settings.add({ key: KEY, value: made });
    return kept ?? made;
  });
}

type Settings = ReturnType<typeof strictDatabase>['settings'];

function inOneStep<Result>(work: (settings: Settings) => Promise<Result>): Promise<Result> {
  const { settings } = strictDatabase();
  return settings.db.transaction('rw', settings, () => work(settings));
}

async function valuesOf<Value>(prefix: string): Promise<Value[]> {
  const rows = await strictDatabase().settings.where('key').startsWith(`${prefix} `).toArray();
  return rows.map(({ value }) => value as Value);
}

function keyOf(prefix: string, eventId: string, id: string): string {
  return `${prefix}${eventId} ${id}`;
}
