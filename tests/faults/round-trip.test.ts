import { expect } from 'vitest';
import { QR_SIZE } from '../../core/qr/codewords.ts';
import { encodeQr } from '../../core/qr/encode.ts';
import { isDark, QR_QUIET_ZONE } from '../../core/qr/matrix.ts';
import { encodeToken, parseToken } from '../../core/ticket/token.ts';
import { faultTest } from '../support/fault-test.ts';
import { readQr } from '../support/read-qr.ts';
import { isSignedBy, publicKeyOf, serverBatches, serverTickets } from '../support/stored-tickets.ts';
import { IS_FULL, mint, untilDone } from '../support/world.ts';

const TICKETS = IS_FULL ? 1_000_000 : 5_000;
/** Decoding a picture takes a hundred times as long as all the rest. */
const DECODED = IS_FULL ? 20_000 : 300;

faultTest(
  `minted, drawn, read by ZXing, verified by OpenSSL: the same ticket (T4, ${TICKETS} tickets, ${DECODED} drawn)`,
  async (world) => {
    const page = await world.open(await world.launch());
    await untilDone(page, await mint(page, world.eventId, TICKETS), 600_000);
    const [batch] = serverBatches(world.databaseFile);
    const tickets = serverTickets(world.databaseFile);
    expect(new Set(tickets.map(({ id }) => id)).size).toBe(TICKETS);
    const key = publicKeyOf(batch?.publicKey ?? '');
    const typeIndex = batch?.typeIndex ?? -1;
    const forged = tickets.filter((ticket) => !isSignedBy(key, { ...ticket, typeIndex }));
    expect(forged.map(({ id }) => id)).toEqual([]);

    const step = Math.floor(TICKETS / DECODED);
    for (const ticket of tickets.filter((_, index) => index % step === 0).slice(0, DECODED)) {
      const token = encodeToken({ ...ticket, typeIndex }, ticket.signature);
      const read = await readQr(draw(token));
      expect(read).toBe(token);
      const { batchId, serial, signature } = parseToken(read ?? '') ?? {};
      expect({ batchId, serial, signature }).toEqual({
        batchId: ticket.batchId,
        serial: ticket.serial,
        signature: new Uint8Array(ticket.signature),
      });
    }
  },
);

/** The symbol with its quiet zone, three pixels a module. */
function draw(text: string): ImageData {
  const matrix = encodeQr(text);
  const scale = 3;
  const side = (QR_SIZE + 2 * QR_QUIET_ZONE) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / scale) - QR_QUIET_ZONE, Math.floor(x / scale) - QR_QUIET_ZONE];
      if (row >= 0 && row < QR_SIZE && column >= 0 && column < QR_SIZE && isDark(matrix, row, column))
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  return { data, width: side, height: side, colorSpace: 'srgb' } as ImageData;
}
