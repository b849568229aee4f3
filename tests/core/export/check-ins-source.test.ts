import { expect, test } from 'vitest';
import type { RecordedScan } from '../../../core/api/gate.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { checkInSource } from '../../../core/export/sources/check-ins.ts';
import { MemorySink, run } from '../../suites/export/format-contract.ts';
import { BATCH, DEVICE_1, DEVICE_2, GATE_A, GATE_B, scanOf } from '../gate/gate-fixture.ts';

const AT = 1_795_000_000_000;
const scans: readonly RecordedScan[] = [
  { ...scanOf({ at: AT }), seq: 1, receivedAt: AT + 1_000, effect: 'counted' },
  {
    ...scanOf({ kind: 'override', reason: '=lost, found', at: AT, gate: GATE_B, device: DEVICE_2 }),
    seq: 2,
    receivedAt: AT + 2_000,
    effect: 'undone',
  },
];

function source(pages: readonly (readonly RecordedScan[])[] = [scans]) {
  return checkInSource({
    estimatedCount: scans.length,
    async *pages() {
      yield* pages;
    },
    gateNames: new Map([[GATE_A, 'Main door']]),
    deviceNames: new Map([[DEVICE_1, 'Tablet 1']]),
    typeNames: new Map([[BATCH, 'General']]),
  });
}

test('check-ins export like any records, with names where ids have one', async () => {
  const sink = new MemorySink();
  const format = await EXPORT_FORMATS.csv.prepare({ bom: false, lineEnd: '\n' });
  await run({ format, source: source(), sink });
  expect(new TextDecoder().decode(await sink.file())).toBe(
    'Scanned,Scan,Effect,Gate,Device,Batch,Serial,Type,Reason,Received\n' +
      `2026-11-18T16:36:40+05:30,enter,counted,Main door,Tablet 1,${BATCH},1,General,,2026-11-18T16:36:41+05:30\n` +
      `2026-11-18T16:36:40+05:30,override,undone,${GATE_B},${DEVICE_2},${BATCH},1,General,"'=lost, found",2026-11-18T16:36:42+05:30\n`,
  );
});

test('a record’s key is its scan’s nonce', async () => {
  const { signal } = new AbortController();
  const keys: string[] = [];
  for await (const page of source(scans.map((scan) => [scan])).pages(signal)) keys.push(...page.keys);
  expect(keys).toEqual(scans.map(({ nonce }) => nonce));
});
