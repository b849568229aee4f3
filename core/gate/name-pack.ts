import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { TicketmintError } from '../errors.ts';
import { encodePayload, type TokenPayload } from '../ticket/token.ts';

/** Of a record: 12 of the nonce, 164 of the text, 16 of the tag. */
export const NAME_RECORD_BYTES = 192;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const TEXT_BYTES = NAME_RECORD_BYTES - NONCE_BYTES - TAG_BYTES;

/** What keeps these keys apart from any other use of a signature (HKDF's `info`, RFC 5869). */
export const NAME_KEY_INFO = new TextEncoder().encode('ticketmint/name-record/1\n');

/** Columns of a ticket that a gate shows, in the order in which they are shown. */
export const NAME_COLUMNS = ['holder', 'seat'] as const;
/** Absent where the ticket has none. */
export type TicketNames = { readonly [Column in (typeof NAME_COLUMNS)[number]]?: string };

/** What opens a record: in hand where a token was scanned. */
export interface NameKeySource extends TokenPayload {
  /** 64 bytes. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

const utf8 = new TextEncoder();
/** Of both texts, in UTF-8: what is left beside the length and the map with its two names. */
const MOST_BYTES = TEXT_BYTES - 2 - 17;

/**
 * What a record holds, always of one length: 2 bytes of length, a CBOR map (deterministic, RFC 8949 §4.2), zeros. Texts that do
 * not fit together are cut between characters, where each has its half, and end in an ellipsis.
 */
export function nameRecordText({ holder = '', seat = '' }: TicketNames): Uint8Array<ArrayBuffer> {
  const [ofHolder, ofSeat] = [utf8.encode(holder).length, utf8.encode(seat).length];
  const forSeat = Math.min(ofSeat, Math.max(MOST_BYTES >> 1, MOST_BYTES - ofHolder));
  const fitting = { holder: fitted(holder, MOST_BYTES - forSeat), seat: fitted(seat, forSeat) };
  const present = Object.entries(fitting).filter(([, text]) => text !== '');
  const map = encode(Object.fromEntries(present), rfc8949EncodeOptions);
  const text = new Uint8Array(TEXT_BYTES);
  new DataView(text.buffer).setUint16(0, map.length);
  text.set(map, 2);
  return text;
}

function fitted(text: string, mostBytes: number): string {
  if (utf8.encode(text).length <= mostBytes) return text;
  let kept = '';
  let bytes = utf8.encode('…').length;
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, mostBytes))) {
    bytes += utf8.encode(segment).length;
    if (bytes > mostBytes) break;
    kept += segment;
  }
  return `${kept}…`;
}

/**
 * Opens a record with its ticket's token in hand.
 * @throws {TicketmintError} `gate-message-invalid` when it is not the record of this ticket, or was changed.
 */
export async function openNameRecord(
  record: Uint8Array<ArrayBuffer>,
  { signature, ...payload }: NameKeySource,
): Promise<TicketNames> {
  try {
    const key = await crypto.subtle.importKey('raw', signature, 'HKDF', false, ['deriveKey']);
    const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: NAME_KEY_INFO };
    const recordKey = await crypto.subtle.deriveKey(derivation, key, { name: 'AES-GCM', length: 256 }, false, [
      'decrypt',
    ]);
    const [nonce, sealed] = [record.subarray(0, NONCE_BYTES), record.subarray(NONCE_BYTES)];
    const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: encodePayload(payload) };
    return namesOf(new Uint8Array(await crypto.subtle.decrypt(algorithm, recordKey, sealed)));
  } catch (cause) {
    throw new TicketmintError('gate-message-invalid', 'expected the record of this ticket', { cause });
  }
}

/** What a later version adds is passed over. */
function namesOf(text: Uint8Array): TicketNames {
  const length = new DataView(text.buffer, text.byteOffset).getUint16(0);
  const map = decode(text.subarray(2, 2 + length), { strict: true }) as Readonly<Record<string, unknown>>;
  const known = NAME_COLUMNS.flatMap((column) => {
    const value = map[column];
    return typeof value === 'string' ? [[column, value] as const] : [];
  });
  return Object.fromEntries(known);
}
