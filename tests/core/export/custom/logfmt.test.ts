import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatEntry } from '../../../../core/export/registry.ts';
import { type FormatUnderTest, testFormatContract } from '../../../suites/export/format-contract.ts';
import { logfmtFormat } from './logfmt.ts';

/** As a line of the registry. */
const logfmt = formatEntry(
  { title: 'logfmt', hint: 'For log viewers', mimeType: 'text/plain;charset=utf-8', extension: 'log' },
  async () => logfmtFormat,
);

const FIELD = /\w+=("(?:[^"\\]|\\.)*"|\S*)/g;

const logfmtUnderTest: FormatUnderTest = {
  prepare: (options = {}) => logfmt.prepare(options),
  read(file) {
    const lines = new TextDecoder('utf-8', { fatal: true }).decode(file).split('\n').slice(0, -1);
    return lines.map((line) =>
      Array.from(line.matchAll(FIELD), ([, text = '']) => (text.startsWith('"') ? String(JSON.parse(text)) : text)),
    );
  },
  written(value, { type }) {
    if (value === null) return '';
    if (type === 'amount') return (Number(value) / 100).toFixed(2);
    if (type === 'instant') return '2026-11-18T16:36:40+05:30';
    return String(value).toWellFormed();
  },
  sampleSha256: '0bd4b24493b42614e7b85f62211998c3a08771fd92a5dbec536940081b7eafd5',
};

describe('a custom format', () => {
  testFormatContract(logfmtUnderTest);
});

describe('docs/formats.md', () => {
  it('shows that very format', () => {
    const page = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8');
    const source = readFileSync(new URL('./logfmt.ts', import.meta.url), 'utf8');
    const asInCore = source.replaceAll("'../../../../core/export/", "'../");
    const shown = page.replaceAll(/^ {3}/gm, '');
    expect(shown.includes(`\`\`\`ts\n${asInCore}\`\`\`\n`), 'the page shows logfmt.ts as it is').toBe(true);
  });
});
