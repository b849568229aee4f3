/** The reflected polynomial of CRC-32 (ISO 3309), as ZIP, gzip and PNG use it. */
const POLYNOMIAL = 0xedb88320;
/** Bytes that one step takes. */
const SLICES = 16;

const TABLE = slicedTable();

/** Table `k` (of 256 entries each) gives the effect of a byte that is followed by `k` zero bytes. */
function slicedTable(): Int32Array {
  const table = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    table[byte] = crc;
  }
  for (let index = 256; index < table.length; index++) {
    const previous = at(table, index - 256);
    table[index] = (previous >>> 8) ^ at(table, previous & 0xff);
  }
  return table;
}

function at(table: Int32Array, index: number): number {
  return table[index] as number;
}

/**
 * CRC-32 of what came before followed by these bytes, by slicing: sixteen bytes a step.
 * @param crc of what came before; 0 at the start.
 * @returns an unsigned 32-bit integer.
 */
export function updateCrc32(crc: number, bytes: Uint8Array): number {
  let rest = ~crc;
  let index = 0;
  const { length } = bytes;
  const byte = (offset: number) => bytes[offset] as number;
  for (; index + SLICES <= length; index += SLICES) {
    rest =
      at(TABLE, 0xf00 | ((rest & 0xff) ^ byte(index))) ^
      at(TABLE, 0xe00 | (((rest >>> 8) & 0xff) ^ byte(index + 1))) ^
      at(TABLE, 0xd00 | (((rest >>> 16) & 0xff) ^ byte(index + 2))) ^
      at(TABLE, 0xc00 | ((rest >>> 24) ^ byte(index + 3))) ^
      at(TABLE, 0xb00 | byte(index + 4)) ^
      at(TABLE, 0xa00 | byte(index + 5)) ^
      at(TABLE, 0x900 | byte(index + 6)) ^
      at(TABLE, 0x800 | byte(index + 7)) ^
      at(TABLE, 0x700 | byte(index + 8)) ^
      at(TABLE, 0x600 | byte(index + 9)) ^
      at(TABLE, 0x500 | byte(index + 10)) ^
      at(TABLE, 0x400 | byte(index + 11)) ^
      at(TABLE, 0x300 | byte(index + 12)) ^
      at(TABLE, 0x200 | byte(index + 13)) ^
      at(TABLE, 0x100 | byte(index + 14)) ^
      at(TABLE, byte(index + 15));
  }
  for (; index < length; index++) rest = (rest >>> 8) ^ at(TABLE, (rest ^ byte(index)) & 0xff);
  return ~rest >>> 0;
}
