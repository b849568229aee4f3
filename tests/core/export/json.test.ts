import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column, ExportRow, RecordSource } from '../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { ticketColumns } from '../../../core/export/sources/ticket-columns.ts';
import {
  MemorySink,
  ProbeSource,
  pagesOf,
  rowOf,
  run,
  sampleSource,
  testFormatContract,
} from '../../suites/export/format-contract.ts';
import { anyCell } from '../../suites/export/hostile-text.ts';
import { jsonUnderTest, ndjsonUnderTest, readJson, readNdjson } from '../../suites/export/json-under-test.ts';

describe('JSON', () => {
  testFormatContract(jsonUnderTest);
});

describe('NDJSON', () => {
  testFormatContract(ndjsonUnderTest);
});

const TICKET_COLUMNS = ticketColumns(['holder', 'x-shirt'], 2);
const TICKETS: readonly ExportRow[] = [
  ['Gala', '0c1f8a2b3c4d', 1, 'ABCD', 'TOKEN1', 2, 'VIP', 'Asha', 'L', 149_900, 'valid', null, 0, 1_795_000_000_000],
  ['Gala', '0c1f8a2b3c4d', 2, 'ABCE', 'TOKEN2', 2, 'VIP', '', null, 149_905, 'revoked', 1, 0, 1_795_000_000_000],
];

function source(rows: readonly ExportRow[], columns?: readonly Column[]): RecordSource {
  const probe = new ProbeSource(pagesOf(rows), rows.length);
  return columns === undefined ? probe : { columns, estimatedCount: rows.length, pages: () => probe.pages() };
}

async function fileOf(id: 'json' | 'ndjson', records: RecordSource, options: Record<string, unknown> = {}) {
  const sink = new MemorySink();
  await run({ format: await EXPORT_FORMATS[id].prepare(options), source: records, sink });
  return sink.file();
}

async function textOf(...input: Parameters<typeof fileOf>): Promise<string> {
  return new TextDecoder().decode(await fileOf(...input));
}

describe('JSON, as bytes', () => {
  it('writes metadata, records and statistics in one document', async () => {
    const text = await textOf('json', source(TICKETS, TICKET_COLUMNS), {
      columns: ['typeName', 'holder', 'price', 'status', 'mintedAt'].map((id) => ({ id })),
    });
    expect(text).toBe(
      [
        '{"schema":"urn:ticketmint:export:1",',
        '"metadata":{"format":"json","createdAt":"2026-11-22T10:00:00.000Z","timeZone":"Asia/Kolkata","locale":"en-IN","part":{"number":1,"of":1},"columns":[',
        '{"id":"typeName","title":"Type","type":"text"},{"id":"holder","title":"Holder","type":"text"},',
        '{"id":"price","title":"Price","type":"amount","fractionDigits":2},{"id":"status","title":"Status","type":"text"},',
        '{"id":"mintedAt","title":"Minted at","type":"instant"}],"filters":null,"sort":null},',
        '"records":[',
        '{"typeName":"VIP","holder":"Asha","price":1499.00,"status":"valid","mintedAt":"2026-11-18T11:06:40Z"},',
        '{"typeName":"VIP","holder":"","price":1499.05,"status":"revoked","mintedAt":"2026-11-18T11:06:40Z"}',
        '],',
        '"statistics":{"records":2,"amount":2998.05,"amountColumn":"price","groups":[',
        '{"column":"typeName","by":"value","entries":[{"value":"VIP","records":2,"amount":2998.05}]},',
        '{"column":"status","by":"value","entries":[{"value":"valid","records":1,"amount":1499.00},{"value":"revoked","records":1,"amount":1499.05}]},',
        '{"column":"mintedAt","by":"day","entries":[{"value":"2026-11-18","records":2,"amount":2998.05}]}]}}',
        '',
      ]
        .join('\n')
        .replaceAll(/(\[|,)\n(?=\{"(?:id|column)")/g, '$1'),
    );
  });

  it('leaves out what is not wanted, and keeps the totals of records that it leaves out', async () => {
    const none = { includeMetadata: false, includeStatistics: false, includeRawData: false };
    expect(JSON.parse(await textOf('json', source([rowOf(1)]), none))).toEqual({ schema: 'urn:ticketmint:export:1' });
    const summary = JSON.parse(await textOf('json', source([rowOf(1), rowOf(2)]), { includeRawData: false }));
    expect(summary).toMatchObject({ statistics: { records: 2, amount: 2999 } });
    expect(summary).not.toHaveProperty('records');
  });

  it('names properties after renamed headers, and numbers those that would be the same', async () => {
    const columns = [
      { id: 'holder', title: 'Name' },
      { id: 'notes', title: 'Name' },
      { id: 'serial' },
      { id: 'serial' },
      { id: 'price', title: '"\ud800' },
    ];
    const document = readJson(await fileOf('json', source([rowOf(1)]), { columns })) as Record<string, unknown>;
    expect(document.records).toEqual([
      { Name: 'Person 1', 'Name (2)': 'note 1', serial: 1, 'serial (2)': 1, '"\ufffd': 1_499.5 },
    ]);
    expect(document.metadata).toMatchObject({
      columns: [{ id: 'holder', name: 'Name' }, { name: 'Name (2)' }, { id: 'serial' }, { name: 'serial (2)' }, {}],
    });
  });
});

describe('NDJSON, as bytes', () => {
  it('writes a record a line and nothing else', async () => {
    expect(await textOf('ndjson', source([rowOf(2), rowOf(3, 'a\nb')]))).toBe(
      '{"serial":2,"holder":"Person 2","notes":"note 2","price":1499.50,"mintedAt":"2026-11-18T11:06:40Z"}\n' +
        '{"serial":3,"holder":"a\\nb","notes":null,"price":1499.50,"mintedAt":"2026-11-18T11:06:40Z"}\n',
    );
  });
});

describe('the JSON Schema that the app serves', () => {
  const path = new URL('../../../public/schemas/export-1.schema.json', import.meta.url);
  const validator = new Validator(JSON.parse(readFileSync(path, 'utf8')), '2020-12', false);
  const errorsOf = (document: unknown) => validator.validate(document).errors.map(({ error }) => error);
  const documentOf = async (...input: Parameters<typeof fileOf>) => readJson(await fileOf(...input));

  it('describes exports of tickets, whatever is chosen', async () => {
    const tickets = () => source(TICKETS, TICKET_COLUMNS);
    const choices: Record<string, unknown>[] = [
      {},
      { includeMetadata: false },
      { includeStatistics: false, includeRawData: false },
      { columns: [{ id: 'holder', title: 'serial' }, { id: 'serial' }, { id: 'serial' }] },
      {
        filters: { kind: 'not', filter: { kind: 'status', statuses: ['revoked'] } },
        sort: { column: 'holder', direction: 'descending' },
      },
    ];
    for (const options of choices) expect(errorsOf(await documentOf('json', tickets(), options))).toEqual([]);
    expect(errorsOf(await documentOf('json', sampleSource()))).toEqual([]);
    expect(errorsOf(await documentOf('json', source([])))).toEqual([]);
  });

  it('describes every column of a ticket', () => {
    const { $defs } = JSON.parse(readFileSync(path, 'utf8'));
    const described = Object.keys($defs.ticket.properties);
    const personal = ['holder', 'email', 'phone', 'seat', 'organisation', 'ref', 'notes'];
    expect(described).toEqual(ticketColumns(personal, 2).map(({ id }) => id));
  });

  it('refuses what is no export', async () => {
    const document = (await documentOf('json', source(TICKETS, TICKET_COLUMNS))) as Record<string, unknown>;
    const [first] = document.records as Record<string, unknown>[];
    for (const wrong of [{ serial: '1' }, { price: '1499.00' }, { mintedAt: 'yesterday' }, { notAfter: 5 }])
      expect(errorsOf({ ...document, records: [{ ...first, ...wrong }] })).not.toEqual([]);
    expect(errorsOf({ ...document, extra: 1 })).not.toEqual([]);
    expect(errorsOf({ records: [] })).not.toEqual([]);
  });
});

describe.each(['json', 'ndjson'] as const)('%s, whatever the text (E2)', (id) => {
  it('reads back cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyCell, anyCell), { minLength: 1, maxLength: 40 }), async (cells) => {
        const rows = cells.map(([holder, notes], index): ExportRow => [index, holder, notes, 0, 0]);
        const file = await fileOf(id, source(rows), { columns: [{ id: 'holder' }, { id: 'notes' }] });
        const records = id === 'json' ? (readJson(file) as { records: unknown[] }).records : readNdjson(file);
        const plain = (value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);
        expect(records).toEqual(cells.map(([holder, notes]) => ({ holder: plain(holder), notes: plain(notes) })));
      }),
      { numRuns: 250 },
    );
  });
});
