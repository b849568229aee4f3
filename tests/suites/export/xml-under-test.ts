import { XMLParser } from 'fast-xml-parser';
import type { CellValue, Column } from '../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import type { FormatUnderTest } from './format-contract.ts';

/** XML with its default options, read back by fast-xml-parser. */
export const xmlUnderTest: FormatUnderTest = {
  prepare: (options = {}) => EXPORT_FORMATS.xml.prepare(options),
  read: (file) => readXml(file).tickets.map((cells) => cells.map((cell) => cell ?? '')),
  written(value: CellValue, { type }: Column): string {
    if (value === null) return '';
    if (type === 'amount') return (Number(value) / 100).toFixed(2);
    if (type === 'instant') return '2026-11-18T11:06:40Z';
    return String(value);
  },
  sampleSha256: '8c15b5c2a6e61d49e7f73094f076d75a5ddf673c2230e00c3b736911e8aa0e6b',
};

/** A node as fast-xml-parser keeps it in order: its name with its children, and its attributes. */
interface XmlNode {
  readonly ':@'?: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  // Numeric references; its limits are meant for entities of a DOCTYPE.
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: 1e9, maxExpandedLength: 1e9 },
});

/** The columns' ids, and the tickets' cells in the order of the columns; null where there is no element. */
export function readXml(file: Uint8Array<ArrayBuffer>): {
  readonly columns: readonly string[];
  readonly tickets: readonly (readonly (string | null)[])[];
} {
  const document = parser.parse(new TextDecoder('utf-8', { fatal: true }).decode(file)) as XmlNode[];
  const root = childOf(document, 'export');
  const columns = childrenOf(childOf(childOf(root, 'metadata'), 'columns'), 'column').map(
    (column) => column[':@']?.id ?? '',
  );
  const batches = childrenOf(childOf(root, 'batches'), 'batch');
  const tickets = batches.flatMap((batch) => childrenOf(batch.batch as XmlNode[], 'ticket'));
  return { columns, tickets: tickets.map((ticket) => cellsOf(ticket.ticket as XmlNode[], columns)) };
}

function cellsOf(ticket: readonly XmlNode[], columns: readonly string[]): (string | null)[] {
  const elements = new Map(ticket.map((node) => [node[':@']?.name ?? nameOf(node), node]));
  return columns.map((id) => {
    const node = elements.get(id);
    return node === undefined ? null : textOf(node);
  });
}

function textOf(node: XmlNode): string {
  const text = (node[nameOf(node)] as XmlNode[]).map((child) => String(child['#text'])).join('');
  return node[':@']?.escape === 'json' ? (JSON.parse(`"${text}"`) as string) : text;
}

function nameOf(node: XmlNode): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function childrenOf(nodes: readonly XmlNode[], name: string): XmlNode[] {
  return nodes.filter((node) => name in node);
}

function childOf(nodes: readonly XmlNode[], name: string): XmlNode[] {
  return (childrenOf(nodes, name)[0]?.[name] ?? []) as XmlNode[];
}
