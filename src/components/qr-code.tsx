import { useMemo } from 'react';
import { encodeQr } from '../../core/qr/encode.ts';
import { qrToSvgPath, qrViewBox } from '../../core/qr/svg.ts';

export interface QrCodeProps {
  /** A token, or any text of up to 122 QR alphanumeric characters. */
  readonly text: string;
  /** Side in CSS pixels, or any CSS length; by default as wide as its container. */
  readonly size?: number | string;
  /** What it is, for people who cannot see it. */
  readonly label: string;
}

/** A QR code, black on white with its quiet zone whatever the colour scheme, crisp at any size. */
export function QrCode({ text, size = '100%', label }: QrCodeProps) {
  const { path, viewBox } = useMemo(() => {
    const matrix = encodeQr(text);
    return { path: qrToSvgPath(matrix), viewBox: qrViewBox(matrix) };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={viewBox}
      shapeRendering="crispEdges"
      // Scanners need dark on light: forced colours and dark mode must not touch it.
      style={{ display: 'block', aspectRatio: '1', forcedColorAdjust: 'none' }}
    >
      <rect width="100%" height="100%" fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
