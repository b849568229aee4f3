import { Box } from '@mantine/core';
import { encodeQr } from '../../../core/qr/encode.ts';
import { qrToSvgPath, qrViewBox } from '../../../core/qr/svg.ts';

/** A ticket's QR code: black on white with its quiet zone, in every colour scheme, so that it can be scanned. */
export function QrCode({ token, label }: { readonly token: string; readonly label: string }) {
  const matrix = encodeQr(token);
  return (
    <Box bg="white" w="100%" maw="16rem" style={{ borderRadius: 'var(--mantine-radius-md)', overflow: 'hidden' }}>
      <svg
        viewBox={qrViewBox(matrix)}
        role="img"
        aria-label={label}
        width="100%"
        shapeRendering="crispEdges"
        display="block"
      >
        <path d={qrToSvgPath(matrix)} fill="var(--mantine-color-black)" />
      </svg>
    </Box>
  );
}
