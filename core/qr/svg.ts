import { isDark, QR_QUIET_ZONE, type QrMatrix } from './matrix.ts';

/** Side of the drawing of {@link qrToSvgPath}: 37 modules and the quiet zone on both sides. */
export function qrViewBox(matrix: QrMatrix): string {
  const side = matrix.size + 2 * QR_QUIET_ZONE;
  return `0 0 ${side} ${side}`;
}

/**
 * The dark modules as the `d` of one SVG path, one rectangle for each run in a row. A unit is a module; the drawing
 * lies inside the quiet zone of 4 modules, so its view box is {@link qrViewBox} and its ground must be white.
 */
export function qrToSvgPath(matrix: QrMatrix): string {
  let path = '';
  for (let row = 0; row < matrix.size; row++) {
    let column = 0;
    while (column < matrix.size) {
      const start = column;
      while (column < matrix.size && isDark(matrix, row, column)) column++;
      const width = column - start;
      if (width > 0) path += `M${start + QR_QUIET_ZONE} ${row + QR_QUIET_ZONE}h${width}v1h-${width}z`;
      else column++;
    }
  }
  return path;
}
