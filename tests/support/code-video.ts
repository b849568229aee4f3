import { encodeQr } from '../../core/qr/encode.ts';
import { isDark, QR_QUIET_ZONE } from '../../core/qr/matrix.ts';

const WIDTH = 640;
const HEIGHT = 480;
const MODULE_PIXELS = 9;
const BLACK = 16;
const WHITE = 235;

/**
 * A video of QR codes for Chromium's fake camera (`--use-file-for-fake-video-capture`, YUV4MPEG2), ten pictures a second:
 * each text stays in view for several, then there is none for one.
 */
export function codeVideo(texts: readonly string[], picturesEach: number): Buffer {
  const frames = texts.flatMap((text) => [...Array<Buffer>(picturesEach).fill(frameOf(text)), frameOf(undefined)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frames]);
}

function frameOf(text: string | undefined): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  if (text !== undefined) drawCode(text, luma);
  return Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

function drawCode(text: string, luma: Buffer): void {
  const matrix = encodeQr(text);
  const left = Math.floor((WIDTH - matrix.size * MODULE_PIXELS) / 2);
  const top = QR_QUIET_ZONE * MODULE_PIXELS;
  for (let row = 0; row < matrix.size * MODULE_PIXELS; row++)
    for (let column = 0; column < matrix.size * MODULE_PIXELS; column++)
      if (isDark(matrix, Math.floor(row / MODULE_PIXELS), Math.floor(column / MODULE_PIXELS)))
        luma[(top + row) * WIDTH + left + column] = BLACK;
}
