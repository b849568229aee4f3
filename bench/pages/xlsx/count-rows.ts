import { expect } from '../../harness/scenario.ts';

/** Bytes at either end of a file that hold the headers looked for. */
const END_BYTES = 64 * 1024;
/** APPNOTE 4.3.7 and 4.3.12: the lengths of a header before its name, and where fields stand in them. */
const LOCAL_HEADER_BYTES = 30;
const EXTRA_LENGTH_AT = 28;
const DIRECTORY_HEADER_BYTES = 46;
const COMPRESSED_SIZE_AT = 20;
const ROW = '<row ';

/** Counts the rows of a worksheet in a workbook, whose part the browser inflates piece by piece. */
export async function countRows(file: Blob, partName: string): Promise<number> {
  const head = await viewOf(file.slice(0, END_BYTES), partName);
  const tail = await viewOf(file.slice(-END_BYTES), partName);
  const extraBytes = head.view.getUint16(head.nameAt - LOCAL_HEADER_BYTES + EXTRA_LENGTH_AT, true);
  const start = head.nameAt + partName.length + extraBytes;
  const bytes = tail.view.getUint32(tail.nameAt - DIRECTORY_HEADER_BYTES + COMPRESSED_SIZE_AT, true);
  const inflated = file
    .slice(start, start + bytes)
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .pipeThrough(new TextDecoderStream('utf-8', { fatal: true }));
  let rows = 0;
  let rest = '';
  for await (const text of inflated) {
    const pieces = (rest + text).split(ROW);
    rows += pieces.length - 1;
    rest = (pieces.at(-1) ?? '').slice(1 - ROW.length);
  }
  return rows;
}

/** The bytes with the last place where the name stands in them. */
async function viewOf(slice: Blob, name: string): Promise<{ readonly view: DataView; readonly nameAt: number }> {
  const bytes = await slice.arrayBuffer();
  const nameAt = new TextDecoder('latin1').decode(bytes).lastIndexOf(name);
  expect(nameAt >= 0, `${name} is not in the file`);
  return { view: new DataView(bytes), nameAt };
}
