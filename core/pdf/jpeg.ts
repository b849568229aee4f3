import { exportError } from '../export/fault-error.ts';
import type { PreparedImage } from './embed-image.ts';

const COLOUR_SPACES: Readonly<Record<number, string>> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' };
const APP14 = 0xee;
const START_OF_SCAN = 0xda;

/** A JPEG picture as it is (DCTDecode, ISO 32000-2 §7.4.8). @throws {TicketmintError} `image-invalid`. */
export function prepareJpeg(bytes: Uint8Array<ArrayBuffer>): PreparedImage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let isAdobe = false;
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === START_OF_SCAN) break;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === APP14) isAdobe = true;
    if (isStartOfFrame(marker)) {
      const components = view.getUint8(at + 9);
      const space = COLOUR_SPACES[components];
      if (view.getUint8(at + 4) !== 8 || space === undefined) break;
      // Adobe's programs store CMYK inverted.
      const decode = components === 4 && isAdobe ? '/Decode[1 0 1 0 1 0 1 0]' : '';
      return {
        width: view.getUint16(at + 7),
        height: view.getUint16(at + 5),
        entries: `/ColorSpace/${space}/BitsPerComponent 8${decode}/Filter/DCTDecode`,
        data: bytes,
        isEncoded: true,
        opacity: null,
      };
    }
    at += 2 + view.getUint16(at + 2);
  }
  throw exportError({ code: 'picture-kind' });
}

/** SOF0 to SOF15, but for the four that are other tables. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
