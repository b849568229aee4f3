import { QR_BOX_MODULES, type TicketLayout } from './ticket-layout.ts';

/** Side of one module of the QR code as it will be printed, in millimetres; null without a QR code. */
export function qrModuleMm({ qr }: TicketLayout): number | null {
  return qr === null ? null : qr.width / QR_BOX_MODULES;
}
