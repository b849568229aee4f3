import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryPages, validateXML } from 'xmllint-wasm';
import type { ExportRow, RecordSource } from '../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { ticketColumns } from '../../../core/export/sources/ticket-columns.ts';
import { NAMED_ELEMENTS } from '../../../core/export/xml/ticket-elements.ts';
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
import { readXml, xmlUnderTest } from '../../suites/export/xml-under-test.ts';

describe('XML', () => {
  testFormatContract(xmlUnderTest);
});

const XSD = readFileSync(new URL('../../../public/schemas/export-1.xsd', import.meta.url), 'utf8');

/** What libxml2 has to say against a document; nothing when it is well-formed and valid. */
async function errorsOf(contents: Uint8Array): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'export.xml', contents },
    schema: XSD,
    maxMemoryPages: 1 * memoryPages.GiB,
  });
  return errors.map(({ message }) => message);
}

const TICKET_COLUMNS = ticketColumns(['holder', 'x-shirt'], 2);
const TICKETS: readonly ExportRow[] = [
  ['Gala', 'aa', 1, 'ABCD', 'TOKEN1', 2, 'VIP', 'Asha', 'L', 149_900, 'valid', null, 0, 1_795_000_000_000],
  ['Gala', 'aa', 2, 'ABCE', 'TOKEN2', 2, 'VIP', '', null, 149_905, 'revoked', 1, 0, 1_795_000_000_000],
  ['Gala', 'bb', 1, 'ABCF', 'TOKEN3', 0, 'Crew', 'A & B', 'M', 0, 'valid', 1, 0, 1_795_000_000_000],
];

/** Tickets with the keys that a ticket source gives them. */
function tickets(): RecordSource {
  const page = { keys: TICKETS.map(([, batch, serial]) => `${batch}/${serial}`), rows: TICKETS };
  const probe = new ProbeSource([page], TICKETS.length);
  return { columns: TICKET_COLUMNS, estimatedCount: probe.estimatedCount, pages: () => probe.pages() };
}

const source = (rows: readonly ExportRow[]) => new ProbeSource(pagesOf(rows), rows.length);

async function fileOf(records: RecordSource, options: Record<string, unknown> = {}) {
  const sink = new MemorySink();
  await run({ format: await EXPORT_FORMATS.xml.prepare(options), source: records, sink });
  return sink.file();
}

async function textOf(...input: Parameters<typeof fileOf>): Promise<string> {
  return new TextDecoder().decode(await fileOf(...input));
}

describe('XML, as bytes', () => {
  it('writes metadata, tickets by batch, and statistics', async () => {
    const columns = ['serial', 'holder', 'x-shirt', 'price', 'status', 'mintedAt'].map((id) => ({ id }));
    expect(await textOf(tickets(), { columns })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="urn:ticketmint:export:1">
<metadata>
<createdAt>2026-11-22T10:00:00.000Z</createdAt><timeZone>Asia/Kolkata</timeZone><locale>en-IN</locale><part number="1" of="1"/>
<columns>
<column id="serial" type="integer"><title>Serial</title></column>
<column id="holder" type="text"><title>Holder</title></column>
<column id="x-shirt" type="text"><title>Shirt</title></column>
<column id="price" type="amount" fractionDigits="2"><title>Price</title></column>
<column id="status" type="text"><title>Status</title></column>
<column id="mintedAt" type="instant"><title>Minted at</title></column>
</columns>
</metadata>
<batches>
<batch id="aa">
<ticket><serial>1</serial><holder>Asha</holder><field name="x-shirt">L</field><price>1499.00</price><status>valid</status><mintedAt>2026-11-18T11:06:40Z</mintedAt></ticket>
<ticket><serial>2</serial><holder></holder><price>1499.05</price><status>revoked</status><mintedAt>2026-11-18T11:06:40Z</mintedAt></ticket>
</batch>
<batch id="bb">
<ticket><serial>1</serial><holder>A &amp; B</holder><field name="x-shirt">M</field><price>0.00</price><status>valid</status><mintedAt>2026-11-18T11:06:40Z</mintedAt></ticket>
</batch>
</batches>
<statistics records="3" amount="2998.05" amountColumn="price">
<group column="status" by="value">
<entry records="2" amount="1499.00"><value>valid</value></entry>
<entry records="1" amount="1499.05"><value>revoked</value></entry>
</group>
<group column="mintedAt" by="day">
<entry records="3" amount="2998.05"><value>2026-11-18</value></entry>
</group>
</statistics>
</export>
`);
  });

  it('writes what XML cannot hold as the inside of a JSON string', async () => {
    const text = await textOf(source([rowOf(1, 'a\0"<\\\ud800\ufffe')]), { columns: [{ id: 'holder' }] });
    expect(text).toContain('<holder escape="json">a\\u0000\\"&lt;\\\\\\ud800\\ufffe</holder>');
  });

  it('leaves out what is not wanted', async () => {
    const none = { includeMetadata: false, includeStatistics: false, includeRawData: false };
    expect(await textOf(source([rowOf(1)]), none)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<export xmlns="urn:ticketmint:export:1">\n</export>\n',
    );
    const summary = await textOf(source([rowOf(1), rowOf(2)]), { includeRawData: false });
    expect(summary).not.toContain('<ticket>');
    expect(summary).toContain('<statistics records="2" amount="2999.00" amountColumn="price">');
  });
});

describe('the XSD that the app serves', () => {
  it('describes exports of tickets, whatever is chosen', async () => {
    const choices: Record<string, unknown>[] = [
      {},
      { includeMetadata: false },
      { includeStatistics: false, includeRawData: false },
      { columns: [{ id: 'x-shirt', title: '<\0&"\ud800' }, { id: 'serial' }, { id: 'serial' }] },
      {
        filters: { kind: 'text', text: '<&\r\0', columns: null },
        sort: { column: '"\n<', direction: 'descending' },
      },
    ];
    for (const options of choices) expect(await errorsOf(await fileOf(tickets(), options))).toEqual([]);
    expect(await errorsOf(await fileOf(sampleSource()))).toEqual([]);
    expect(await errorsOf(await fileOf(source([])))).toEqual([]);
  });

  it('has an element for every column of a ticket', async () => {
    const personal = ['holder', 'email', 'phone', 'seat', 'organisation', 'ref', 'notes'];
    expect(NAMED_ELEMENTS).toEqual(ticketColumns(personal, 2).map(({ id }) => id));
    for (const name of NAMED_ELEMENTS) expect(XSD).toContain(`<xs:element name="${name}" type="`);
  });

  it('refuses what is no export', async () => {
    const good = await textOf(tickets());
    const wrongs = [
      ['<serial>1</serial>', '<serial>one</serial>'],
      ['<price>1499.00</price>', '<price>€ 1499</price>'],
      ['11:06:40Z', 'noon'],
      ['<holder>', '<owner/><holder>'],
      ['urn:ticketmint:export:1', 'urn:ticketmint:export:2'],
    ] as const;
    for (const [from, to] of wrongs)
      expect(await errorsOf(new TextEncoder().encode(good.replace(from, to)))).not.toEqual([]);
  });
});

describe('XML, whatever the text (E2)', () => {
  it('is valid, and reads back cell by cell, over 10,000 rows', async () => {
    const cells = fc.sample(fc.tuple(anyCell, anyCell), 10_000);
    const rows = cells.map(([holder, notes], index): ExportRow => [index, holder, notes, 0, 0]);
    const file = await fileOf(source(rows), { columns: [{ id: 'holder' }, { id: 'notes' }] });
    expect(readXml(file).tickets).toEqual(cells);
    expect(await errorsOf(file)).toEqual([]);
    expect(new TextDecoder().decode(file)).not.toContain('<!');
  });
});
