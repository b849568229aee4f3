import { zoneOffset } from '../zone-offset.ts';

/** The records of APPNOTE 6.3, little-endian, with its section numbers. */

const LOCAL_FILE_HEADER_SIGNATURE = 0x04034b50;
const DATA_DESCRIPTOR_SIGNATURE = 0x08074b50;
const CENTRAL_DIRECTORY_SIGNATURE = 0x02014b50;
const ZIP64_END_SIGNATURE = 0x06064b50;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const END_SIGNATURE = 0x06054b50;

const VERSION_DEFLATE = 20;
const VERSION_ZIP64 = 45;
/** Names of other systems would be taken for ones in their code pages. */
const MADE_ON_UNIX = 3 << 8;
/** Mode 0644. */
const UNIX_PLAIN_FILE = (0o100_644 << 16) >>> 0;
const FLAG_DATA_DESCRIPTOR = 0x0008;
const FLAG_UTF8 = 0x0800;
const ZIP64_EXTRA_ID = 0x0001;
/** A 32-bit field with this value says: see the Zip64 field; likewise of 16 bits. */
export const MAX_UINT32 = 0xffffffff;
const MAX_UINT16 = 0xffff;

/** 4.4.5 */
const COMPRESSION_METHODS = { store: 0, deflate: 8 } as const;
export type ZipMethod = keyof typeof COMPRESSION_METHODS;

/** What the records of one entry say of it. */
export interface EntryFacts {
  readonly name: Uint8Array;
  readonly method: ZipMethod;
  readonly dosTime: number;
  /** Whether checksum and sizes follow the data: they are not known before. */
  readonly hasDescriptor: boolean;
  /** Whether the local file header declares Zip64, so that a descriptor has sizes of eight bytes. */
  readonly isZip64: boolean;
}

export interface EntrySizes {
  readonly crc: number;
  readonly compressedBytes: number;
  readonly bytes: number;
}

/** 4.4.6: the local time in the zone, in steps of two seconds, from 1980 to 2107; times outside are moved inside. */
export function dosTime(at: Date, timeZone: string): number {
  const local = new Date(at.getTime() + 60_000 * zoneOffset(timeZone)(at.getTime()));
  const year = local.getUTCFullYear();
  if (year < 1980) return (1 << 21) | (1 << 16);
  if (year > 2107) return ((127 << 25) | (12 << 21) | (31 << 16) | (23 << 11) | (59 << 5) | 29) >>> 0;
  const date = ((year - 1980) << 9) | ((local.getUTCMonth() + 1) << 5) | local.getUTCDate();
  const time = (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}

/** 4.3.7; with a descriptor, checksum and sizes are zero here, as they are not known yet. */
export function localFileHeader(facts: EntryFacts, sizes: EntrySizes): Uint8Array<ArrayBuffer> {
  const { name, isZip64 } = facts;
  const extraBytes = isZip64 ? 20 : 0;
  const record = new Uint8Array(30 + name.length + extraBytes);
  const view = new DataView(record.buffer);
  view.setUint32(0, LOCAL_FILE_HEADER_SIGNATURE, true);
  writeCommonFields(view, 4, facts, isZip64);
  view.setUint32(14, sizes.crc, true);
  view.setUint32(18, isZip64 ? MAX_UINT32 : sizes.compressedBytes, true);
  view.setUint32(22, isZip64 ? MAX_UINT32 : sizes.bytes, true);
  view.setUint16(26, name.length, true);
  view.setUint16(28, extraBytes, true);
  record.set(name, 30);
  if (isZip64) writeZip64Extra(view, 30 + name.length, [sizes.bytes, sizes.compressedBytes]);
  return record;
}

/** 4.3.9 */
export function dataDescriptor({ isZip64 }: EntryFacts, sizes: EntrySizes): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(isZip64 ? 24 : 16);
  const view = new DataView(record.buffer);
  view.setUint32(0, DATA_DESCRIPTOR_SIGNATURE, true);
  view.setUint32(4, sizes.crc, true);
  if (isZip64) {
    view.setBigUint64(8, BigInt(sizes.compressedBytes), true);
    view.setBigUint64(16, BigInt(sizes.bytes), true);
  } else {
    view.setUint32(8, sizes.compressedBytes, true);
    view.setUint32(12, sizes.bytes, true);
  }
  return record;
}

/** 4.3.12; Zip64 only for what needs it. */
export function centralDirectoryHeader(facts: EntryFacts, sizes: EntrySizes, offset: number): Uint8Array<ArrayBuffer> {
  const { name } = facts;
  // In this order, and only those whose field of 32 bits is full (4.5.3).
  const large = [sizes.bytes, sizes.compressedBytes, offset].filter((value) => value >= MAX_UINT32);
  const extraBytes = large.length === 0 ? 0 : 4 + 8 * large.length;
  const record = new Uint8Array(46 + name.length + extraBytes);
  const view = new DataView(record.buffer);
  view.setUint32(0, CENTRAL_DIRECTORY_SIGNATURE, true);
  view.setUint16(4, MADE_ON_UNIX | VERSION_ZIP64, true);
  writeCommonFields(view, 6, facts, facts.isZip64 || large.length > 0);
  view.setUint32(16, sizes.crc, true);
  view.setUint32(20, Math.min(sizes.compressedBytes, MAX_UINT32), true);
  view.setUint32(24, Math.min(sizes.bytes, MAX_UINT32), true);
  view.setUint16(28, name.length, true);
  view.setUint16(30, extraBytes, true);
  view.setUint32(38, UNIX_PLAIN_FILE, true);
  view.setUint32(42, Math.min(offset, MAX_UINT32), true);
  record.set(name, 46);
  if (large.length > 0) writeZip64Extra(view, 46 + name.length, large);
  return record;
}

/** Version needed, flags, method and time, which both headers have in this order. */
function writeCommonFields(view: DataView, at: number, facts: EntryFacts, needsZip64: boolean): void {
  const isAscii = facts.name.every((byte) => byte < 0x80);
  view.setUint16(at, needsZip64 ? VERSION_ZIP64 : VERSION_DEFLATE, true);
  view.setUint16(at + 2, (facts.hasDescriptor ? FLAG_DATA_DESCRIPTOR : 0) | (isAscii ? 0 : FLAG_UTF8), true);
  view.setUint16(at + 4, COMPRESSION_METHODS[facts.method], true);
  view.setUint32(at + 6, facts.dosTime, true);
}

/** 4.5.3 */
function writeZip64Extra(view: DataView, at: number, values: readonly number[]): void {
  view.setUint16(at, ZIP64_EXTRA_ID, true);
  view.setUint16(at + 2, 8 * values.length, true);
  for (const [index, value] of values.entries()) view.setBigUint64(at + 4 + 8 * index, BigInt(value), true);
}

interface CentralDirectory {
  readonly entries: number;
  readonly bytes: number;
  /** Where it begins. */
  readonly offset: number;
}

/** 4.3.14 to 4.3.16: the end record, and before it those of Zip64 where a field of it would overflow. */
export function endOfCentralDirectory({ entries, bytes, offset }: CentralDirectory): Uint8Array<ArrayBuffer> {
  const needsZip64 = entries >= MAX_UINT16 || bytes >= MAX_UINT32 || offset >= MAX_UINT32;
  const at = needsZip64 ? 76 : 0;
  const record = new Uint8Array(at + 22);
  const view = new DataView(record.buffer);
  if (needsZip64) writeZip64End(view, { entries, bytes, offset });
  view.setUint32(at, END_SIGNATURE, true);
  view.setUint16(at + 8, Math.min(entries, MAX_UINT16), true);
  view.setUint16(at + 10, Math.min(entries, MAX_UINT16), true);
  view.setUint32(at + 12, Math.min(bytes, MAX_UINT32), true);
  view.setUint32(at + 16, Math.min(offset, MAX_UINT32), true);
  return record;
}

/** The record, of 56 bytes, and its locator, of 20. */
function writeZip64End(view: DataView, { entries, bytes, offset }: CentralDirectory): void {
  view.setUint32(0, ZIP64_END_SIGNATURE, true);
  // Of what follows this field.
  view.setBigUint64(4, 44n, true);
  view.setUint16(12, VERSION_ZIP64, true);
  view.setUint16(14, VERSION_ZIP64, true);
  view.setBigUint64(24, BigInt(entries), true);
  view.setBigUint64(32, BigInt(entries), true);
  view.setBigUint64(40, BigInt(bytes), true);
  view.setBigUint64(48, BigInt(offset), true);
  view.setUint32(56, ZIP64_LOCATOR_SIGNATURE, true);
  view.setBigUint64(64, BigInt(offset + bytes), true);
  // One disk in all.
  view.setUint32(72, 1, true);
}
