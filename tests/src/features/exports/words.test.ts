import { i18n } from '@lingui/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { STANDARD_COLUMNS } from '../../../../core/chunk/chunk.ts';
import { EXPORT_FORMATS, FORMAT_IDS } from '../../../../core/export/registry.ts';
import { ticketColumns } from '../../../../core/export/sources/ticket-columns.ts';
import { columnWord } from '../../../../src/features/exports/column-words.ts';
import { formatHint, formatTitle } from '../../../../src/features/exports/format-words.ts';
import { optionWords } from '../../../../src/features/exports/option-words.ts';
import { reasonWords, rejectionWords } from '../../../../src/features/exports/reason-words.ts';
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
const REASONS = [
  'the server cannot be reached, and some tickets are there only (part 3 of batch 0c1f8a2b3c4d)',
  'the browser or its memory gave out 3 times while it was written',
  'expected QR modules of 0.33 mm, found 0.21',
  ...SINK_ERRORS.map((name) => sinkErrorOf(new DOMException('', name)).message),
];
const REJECTIONS = ['holder: no font has the character U+10348', 'price: expected a number in its range'];

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
  expect(columns.map(columnWord)).toEqual(columns.map(({ title }) => title));
  expect(REASONS.map(reasonWords)).toEqual(REASONS);
  expect(REJECTIONS.map(rejectionWords)).toEqual(REJECTIONS);
});

it('in another language nothing of core’s English is left', async () => {
  i18n.activate('hi');
  const said = [...columns.map(columnWord), ...REASONS.map(reasonWords)];
  for (const id of FORMAT_IDS) {
    said.push(formatHint(id));
    for (const { words } of await optionTexts(id))
      said.push(words.title, words.description ?? 'है', ...Object.values(words.choices ?? {}));
  }
  said.push(...REJECTIONS.map((reason) => rejectionWords(reason).replace(/^\w+: /, '')));
  const others = said.filter((words) => !/\p{Script=Devanagari}/u.test(words));
  // Languages bear their own names.
  expect(new Set(others)).toEqual(new Set(['gzip (.gz)', 'LF (Unix)', 'A4', 'Letter', 'English', 'العربية']));
});
