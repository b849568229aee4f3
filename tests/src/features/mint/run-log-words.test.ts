import { i18n } from '@lingui/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../../../core/api/problem-codes.ts';
import { type RunLogEvent, runLogEventSchema } from '../../../../core/mint/run-log.ts';
import { runLogText } from '../../../../core/mint/run-log-text.ts';
import { runLogWords } from '../../../../src/features/mint/run-log-words.ts';
import { CATALOGS } from '../../../../src/localisation/catalogs.ts';

const batch = '0c1f8a2b3c4d';
const counts = { parts: 3, ofParts: 4, tickets: 150, ofTickets: 200 };
const refusal = { problem: 'chunk-conflict', detail: 'Other content was stored before.' };
const LINES: readonly RunLogEvent[] = [
  { code: 'part-saved', batch, part: 3, ...counts },
  { code: 'part-retried', batch, part: 3, attempt: 1, reason: { code: 'timed-out' }, waitMs: 1_500 },
  { code: 'part-retried', batch, part: 3, attempt: 2, reason: { code: 'connection-lost' }, waitMs: 1_500 },
  { code: 'part-retried', batch, part: 3, attempt: 3, reason: { code: 'foreign-answer' }, waitMs: 1_500 },
  {
    code: 'part-retried',
    batch,
    part: 3,
    attempt: 4,
    reason: { code: 'refused', problem: 'overloaded', status: 503 },
    waitMs: 1_500,
  },
  { code: 'part-refused', batch, part: 3, ...refusal },
  { code: 'batch-refused', batch, ...refusal },
  { code: 'seal-refused', batch, ...refusal },
  { code: 'done', tickets: 200, of: 200, tookMs: 4_200 },
  { code: 'cancelled', tickets: 150, of: 200, tookMs: 4_200 },
];

beforeAll(async () => i18n.load('hi', (await CATALOGS.hi.pages()).messages));
afterAll(() => i18n.activate('en'));

it('the saved log says it in English, with all that is known', () => {
  expect(LINES.map((line) => runLogText(runLogEventSchema.parse(line)))).toEqual([
    'Saved part 3 of batch 0c1f8a2b3c4d: 3 of 4 (75 %), 150 of 200 tickets on the server',
    'Retry 1 of part 3 of batch 0c1f8a2b3c4d: no answer in time, waiting 1500 ms',
    'Retry 2 of part 3 of batch 0c1f8a2b3c4d: connection lost, waiting 1500 ms',
    'Retry 3 of part 3 of batch 0c1f8a2b3c4d: an answer that is not the server’s, waiting 1500 ms',
    'Retry 4 of part 3 of batch 0c1f8a2b3c4d: overloaded (503), waiting 1500 ms',
    'Part 3 of batch 0c1f8a2b3c4d was refused: Other content was stored before. (chunk-conflict)',
    'The server refused the batch 0c1f8a2b3c4d: Other content was stored before. (chunk-conflict)',
    'Sealing 0c1f8a2b3c4d: Other content was stored before. (chunk-conflict)',
    'Done: 200 of 200 tickets on the server, 4.2 s',
    'Cancelled: 150 of 200 tickets on the server, 4.2 s',
  ]);
});

it('the page says it in the language of the interface; codes and ids stay, and turn nothing beside them', () => {
  i18n.activate('en');
  expect(runLogWords(LINES[0] as RunLogEvent)).toBe(
    'Saved part 3 of batch \u20680c1f8a2b3c4d\u2069: 3 of 4 (75%), 150 of 200 tickets on the server',
  );
  i18n.activate('hi');
  const codes = new RegExp([batch, ...PROBLEM_CODES].join('|'), 'g');
  for (const line of LINES) {
    const words = runLogWords(line);
    expect(words).toMatch(/\p{Script=Devanagari}/u);
    expect(words.replaceAll(codes, '')).not.toMatch(/\p{Script=Latin}/u);
  }
});

it('what the server says of a problem that has no words here stays as it is', () => {
  i18n.activate('hi');
  const unknown = { problem: 'gone-fishing', detail: 'The server is gone fishing.' };
  expect(runLogWords({ code: 'batch-refused', batch, ...unknown })).toContain('The server is gone fishing.');
});
