import { Box } from '@mantine/core';
import { encodeQR } from 'qr';
import { useMemo } from 'react';

/** In modules, as the standard asks. */
const QUIET_ZONE = 4;

interface LinkQrCodeProps {
  /** Any text: links need more characters, and more room, than tickets. */
  readonly text: string;
  readonly label: string;
}

/** A link as a QR code: black on white with its quiet zone, in every colour scheme. */
export function LinkQrCode({ text, label }: LinkQrCodeProps) {
  const { size, path } = useMemo(() => drawingOf(text), [text]);
  return (
    <Box w="100%" maw="16rem" style={{ borderRadius: 'var(--mantine-radius-md)', overflow: 'hidden' }}>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${size} ${size}`}
        width="100%"
        shapeRendering="crispEdges"
        style={{ display: 'block', forcedColorAdjust: 'none' }}
      >
        <rect width={size} height={size} fill="white" />
        <path d={path} fill="black" />
      </svg>
    </Box>
  );
}

/** One square a dark module. */
function drawingOf(text: string): { readonly size: number; readonly path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  const squares = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return { size: rows.length, path: squares.join('') };
}
