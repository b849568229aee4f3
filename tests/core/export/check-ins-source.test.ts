import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memoryPages, validateXML } from 'xmllint-wasm';
import type { RecordedScan } from '../../../core/api/gate.ts';
import type { Filter } from '../../../core/export/filters.ts';
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

function source(pages: readonly (readonly RecordedScan[])[] = [scans], filters: Filter | null = null) {
  const checkIns = {
    estimatedCount: scans.length,
    async *pages() {
      yield* pages;
    },
    gateNames: new Map([[GATE_A, 'Main door']]),
    deviceNames: new Map([[DEVICE_1, 'Tablet 1']]),
    types: new Map([[BATCH, { index: 0, name: 'General' }]]),
  };
  return checkInSource(checkIns, filters);
}

async function keysOf(filters: Filter): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of source([scans], filters).pages(new AbortController().signal)) keys.push(...page.keys);
  return keys;
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

test('filters leave out what they do not mean, and what a scan does not have', async () => {
  const [first, second] = scans.map(({ nonce }) => nonce);
  const meant: readonly (readonly [Filter, readonly (string | undefined)[]])[] = [
    [{ kind: 'gate', gates: [GATE_B] }, [second]],
    [{ kind: 'scan', scans: ['enter', 'exit'] }, [first]],
    [{ kind: 'effect', effects: ['undone'] }, [second]],
    [{ kind: 'type', types: [0] }, [first, second]],
    [{ kind: 'type', types: [1] }, []],
    [{ kind: 'batch', batches: [BATCH] }, [first, second]],
    [{ kind: 'serial', from: 2, to: null }, []],
    [{ kind: 'date', column: 'scannedAt', from: AT, before: AT + 1 }, [first, second]],
    [{ kind: 'date', column: 'receivedAt', from: null, before: AT + 2_000 }, [first]],
    [{ kind: 'date', column: 'mintedAt', from: 0, before: null }, []],
    [{ kind: 'text', text: 'MAIN DOOR', columns: null }, [first]],
    [{ kind: 'text', text: 'found', columns: ['gate'] }, []],
    [{ kind: 'status', statuses: ['valid', 'revoked'] }, []],
    [{ kind: 'not', filter: { kind: 'effect', effects: ['undone'] } }, [first]],
    [{ kind: 'or', filters: [] }, []],
    [
      {
        kind: 'and',
        filters: [
          { kind: 'gate', gates: [GATE_A] },
          { kind: 'scan', scans: ['enter'] },
        ],
      },
      [first],
    ],
  ];
  for (const [filter, expected] of meant) expect(await keysOf(filter), JSON.stringify(filter)).toEqual(expected);
});

test('XML has a list of scans that is valid by the schema, and the manifest says what the records are', async () => {
  const sink = new MemorySink();
  const format = await EXPORT_FORMATS.xml.prepare({});
  const manifest = await run({ format, source: source(), sink, recordKind: 'check-ins' });
  const contents = await sink.file();
  const text = new TextDecoder().decode(contents);
  expect(text).toContain('<scans>\n<scan><scannedAt>2026-11-18T11:06:40Z</scannedAt><scan>enter</scan>');
  expect(text).not.toContain('<batch ');
  const schema = readFileSync(new URL('../../../public/schemas/export-1.xsd', import.meta.url), 'utf8');
  const xml = { fileName: 'export.xml', contents };
  expect((await validateXML({ xml, schema, maxMemoryPages: 1 * memoryPages.GiB })).errors).toEqual([]);
  expect(manifest).toMatchObject({ records: 2, recordKind: 'check-ins' });
});
