import { i18n } from '@lingui/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { STANDARD_COLUMNS } from '../../../../core/chunk/chunk.ts';
import {
  type ExportFault,
  exportFaultSchema,
  type RecordFault,
  recordFaultSchema,
} from '../../../../core/export/fault.ts';
import { exportFaultOf } from '../../../../core/export/fault-error.ts';
import { exportFaultText, recordFaultText } from '../../../../core/export/fault-text.ts';
import { EXPORT_FORMATS, FORMAT_IDS } from '../../../../core/export/registry.ts';
import { ticketColumns } from '../../../../core/export/sources/ticket-columns.ts';
import { exportFaultWords, recordFaultWords, rejectionWords } from '../../../../src/features/exports/fault-words.ts';
import { formatHint, formatTitle } from '../../../../src/features/exports/format-words.ts';
import { optionWords } from '../../../../src/features/exports/option-words.ts';
import { titledColumnWord } from '../../../../src/features/tickets/column-words.ts';
import { CATALOGS } from '../../../../src/localisation/catalogs.ts';
import { sinkErrorOf } from '../../../../workers/export/sink-error.ts';

const SINK_ERRORS = [
  'NotAllowedError',
  'NoModificationAllowedError',
  'InvalidStateError',
  'AbortError',
  'NotFoundError',
  'QuotaExceededError',
  'TypeMismatchError',
  'DataError',
];
const MARK = 719;

/** One fault of each code in a union, with something in each of its parameters. */
function oneOfEach<Fault extends { readonly code: string }>(schema: z.ZodType<Fault>): Fault[] {
  const { oneOf = [] } = z.toJSONSchema(schema) as { readonly oneOf?: readonly JsonObject[] };
  return oneOf.map(({ properties }) =>
    schema.parse(
      Object.fromEntries(
        Object.entries(properties).map(([name, { const: code, type }]) => [
          name,
          code ?? (type === 'string' ? (TEXTS[name] ?? name) : MARK),
        ]),
      ),
    ),
  );
}

interface JsonObject {
  readonly properties: Readonly<Record<string, { readonly const?: string; readonly type?: string }>>;
}
const TEXTS: Readonly<Record<string, string>> = { column: 'holder', character: 'U+10348', font: 'noto-sans-tamil' };

const EXPORT_FAULTS: readonly ExportFault[] = [
  ...oneOfEach(exportFaultSchema),
  { code: 'server-unreachable' },
  ...SINK_ERRORS.map((name) => exportFaultOf(sinkErrorOf(new DOMException('', name)))),
];
const RECORD_FAULTS: readonly RecordFault[] = oneOfEach(recordFaultSchema);

const optionSchema = z.object({
  title: z.string(),
  description: z.string().optional(),
  choices: z.record(z.string(), z.string()).optional(),
});

/** What core says in English of a format's options, and the interface in its own words. */
async function optionTexts(id: (typeof FORMAT_IDS)[number]) {
  const { properties = {} } = z.toJSONSchema(await EXPORT_FORMATS[id].schema(), { io: 'input' });
  return Object.entries(properties).flatMap(([name, property]) => {
    const { data } = optionSchema.safeParse(property);
    return data === undefined ? [] : { name, english: data, words: optionWords(id, name, data) };
  });
}

const columns = ticketColumns(STANDARD_COLUMNS, 2);

beforeAll(async () => i18n.load('hi', (await CATALOGS.hi.pages()).messages));
afterAll(() => i18n.activate('en'));

it('in English they are those of core, word for word', async () => {
  i18n.activate('en');
  for (const id of FORMAT_IDS) {
    expect([formatTitle(id), formatHint(id)]).toEqual([EXPORT_FORMATS[id].title, EXPORT_FORMATS[id].hint]);
    for (const { english, words } of await optionTexts(id)) expect(words).toMatchObject(english);
  }
  expect(columns.map(titledColumnWord)).toEqual(columns.map(({ title }) => title));
  const isWorded = ({ code }: ExportFault) => code !== 'font-missing';
  const faults = EXPORT_FAULTS.filter(isWorded);
  const isolates = /[\u2068\u2069]/g;
  expect(faults.map((fault) => exportFaultWords(fault).replace(isolates, ''))).toEqual(faults.map(exportFaultText));
  expect(RECORD_FAULTS.map(recordFaultWords)).toEqual(
    RECORD_FAULTS.map((fault) => recordFaultText(fault).replace('holder:', 'Holder:')),
  );
});

it('in another language nothing of core’s English is left', async () => {
  i18n.activate('hi');
  const said = [
    ...columns.map(titledColumnWord),
    ...EXPORT_FAULTS.filter(({ code }) => code !== 'unexpected').map(exportFaultWords),
  ];
  for (const id of FORMAT_IDS) {
    said.push(formatHint(id));
    for (const { words } of await optionTexts(id))
      said.push(words.title, words.description ?? 'है', ...Object.values(words.choices ?? {}));
  }
  said.push(...RECORD_FAULTS.map(recordFaultWords));
  const others = said.filter((words) => !/\p{Script=Devanagari}/u.test(words));
  // Languages bear their own names.
  expect(new Set(others)).toEqual(new Set(['gzip (.gz)', 'LF (Unix)', 'A4', 'Letter', 'English', 'العربية']));
});

it('what an earlier version has kept in English is shown as it is', () => {
  i18n.activate('hi');
  expect(exportFaultWords('there is no space left')).toBe('there is no space left');
  const reason = 'holder: no font has the character U+10348';
  expect(rejectionWords({ key: '0c1f8a2b3c4d/7', reason })).toBe(reason);
});
