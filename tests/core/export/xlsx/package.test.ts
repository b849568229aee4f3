import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { CONTRACT_COLUMNS, countedRows, HOSTILE_TEXTS, rowOf } from '../../../suites/export/format-contract.ts';
import { partsOf, writeWorkbook } from './workbook.ts';

const COLUMNS = CONTRACT_COLUMNS.map((column) =>
  column.id === 'notes' ? ({ ...column, countBy: 'value' } as const) : column,
);
const COLUMNS_BY_DAY = COLUMNS.map((column) =>
  column.id === 'mintedAt' ? ({ ...column, countBy: 'day' } as const) : column,
);

async function sample() {
  const rows = [...countedRows(40), ...HOSTILE_TEXTS.map((text, index) => rowOf(100 + index, text))];
  const context = { author: 'Asha <asha@example.org> & "co"' };
  const written = await writeWorkbook({ columns: COLUMNS_BY_DAY, rows, context, limits: { rows: 30, bytes: 1e9 } });
  const parts = new Map([...partsOf(written.file)].map(([name, part]) => [name, part.toString()]));
  return { ...written, parts, xmlOf: (name: string) => parts.get(name) ?? '' };
}

function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

describe('the package', () => {
  it('has well-formed parts only, by xmllint', async () => {
    const { parts } = await sample();
    expect(parts.size).toBeGreaterThan(15);
    const xml = [...parts].map(([name, contents]) => ({
      fileName: `part${name.replaceAll(/[^\w.]/g, '-')}`,
      contents,
    }));
    const { errors } = await validateXML({ xml, normalization: 'c14n', maxMemoryPages: 4_096 });
    expect(errors).toEqual([]);
  });

  it('says the type of every part, and of none that is not there', async () => {
    const { parts, xmlOf } = await sample();
    const types = xmlOf('[Content_Types].xml');
    const named = [...types.matchAll(/PartName="\/([^"]+)"/g)].map(([, name]) => name);
    const plain = [...parts.keys()].filter((name) => !name.endsWith('.rels') && name !== '[Content_Types].xml');
    expect(named.toSorted()).toEqual(plain.toSorted());
    expect(types).toContain('Extension="rels"');
  });

  it('leads from each relationship to a part, and to each part', async () => {
    const { parts } = await sample();
    const reached = new Set<string>();
    for (const [name, xml] of parts) {
      if (!name.endsWith('.rels')) continue;
      const base = folderOf(name).replace(/_rels\/$/, '');
      const ids = [...xml.matchAll(/ Id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, target = ''] of xml.matchAll(/Target="([^"]+)"/g))
        reached.add(new URL(target, `file:///${base}`).pathname.slice(1));
    }
    const plain = [...parts.keys()].filter((name) => !name.endsWith('.rels') && name !== '[Content_Types].xml');
    expect([...reached].toSorted()).toEqual(plain.toSorted());
  });

  it('counts its styles, and uses none that it does not have', async () => {
    const { parts, xmlOf } = await sample();
    const styles = xmlOf('xl/styles.xml');
    for (const [, name, count, items] of styles.matchAll(/<(\w+) count="(\d+)">(.*?)<\/\1>/g)) {
      const item = { numFmts: 'numFmt', fonts: 'font', fills: 'fill', borders: 'border', cellStyles: 'cellStyle' }[
        name ?? ''
      ];
      expect([...(items ?? '').matchAll(new RegExp(`<${item ?? 'xf'}[ >]`, 'g'))], name).toHaveLength(Number(count));
    }
    const formats = Number(/<cellXfs count="(\d+)"/.exec(styles)?.[1]);
    for (const [name, xml] of parts)
      if (name.startsWith('xl/worksheets/sheet'))
        for (const [, style] of xml.matchAll(/<c(?: r="\w+")? s="(\d+)"/g))
          expect(Number(style), name).toBeLessThan(formats);
  });

  it('lists its sheets in order, each with the range of its filter', async () => {
    const { xmlOf } = await sample();
    const workbook = xmlOf('xl/workbook.xml');
    expect([...workbook.matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'Data',
      'Data 2',
      'Data 3',
      'Statistics',
      'Metadata',
    ]);
    expect([...workbook.matchAll(/>('Data[^<]*)</g)].map(([, range]) => range)).toEqual([
      "'Data'!$A$1:$E$30",
      "'Data 2'!$A$1:$E$30",
      "'Data 3'!$A$1:$E$8",
    ]);
    expect(xmlOf('xl/worksheets/sheet2.xml')).toContain('<autoFilter ref="A1:E30"/>');
    expect(xmlOf('xl/worksheets/sheet1.xml')).toContain('state="frozen"');
  });

  it('shows what it is by its first entries, and has neither Zip64 nor extra fields', async () => {
    const { file, parts } = await sample();
    expect([...parts.keys()].slice(0, 4)).toEqual([
      '_rels/.rels',
      'docProps/app.xml',
      'xl/styles.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    const bytes = Buffer.from(file);
    for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
      expect(bytes.readUInt16LE(at + 4)).toBe(20);
      expect(bytes.readUInt16LE(at + 28)).toBe(0);
    }
  });

  it('tells the hash of its parts as sha256sum would print them', async () => {
    const { file, contentSha256 } = await sample();
    const hashOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
    const lines = [...partsOf(file)].map(([name, part]) => `${hashOf(part)}  ${name}\n`);
    expect(contentSha256).toBe(hashOf(lines.join('')));
  });

  it('has the bytes that were hashed, also where its blocks are used again while they are compressed', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) =>
      rowOf(index, index % 500 === 0 ? `${index}${'நன்றி'.repeat(5_000)}` : crypto.randomUUID()),
    );
    const { file, contentSha256 } = await writeWorkbook({ columns: COLUMNS, rows });
    const hashOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
    const lines = [...partsOf(file)].map(([name, part]) => `${hashOf(part)}  ${name}\n`);
    expect(contentSha256).toBe(hashOf(lines.join('')));
  });
});
