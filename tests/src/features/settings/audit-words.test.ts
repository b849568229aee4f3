import { i18n } from '@lingui/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditEntry } from '../../../../core/api/audit.ts';
import { detailWords, subjectWords } from '../../../../src/features/settings/audit-words.ts';
import { CATALOGS } from '../../../../src/localisation/catalogs.ts';

function entry(details: AuditEntry['details'], subject = '0c1f8a2b3c4d'): AuditEntry {
  const hashes = { previousHash: '0'.repeat(64), hash: '1'.repeat(64) };
  return { seq: 1, at: 0, actorId: 'system', action: 'batch.seal', subject, details, ...hashes };
}

beforeAll(async () => i18n.load('hi', (await CATALOGS.hi.pages()).messages));
afterAll(() => i18n.activate('en'));

it('in English an act’s facts are told by the words of its form', () => {
  i18n.activate('en');
  expect(detailWords(entry({ reason: 'complete', stored: 12_000, count: 12_000 }))).toBe(
    'reason complete, stored 12,000, count 12,000',
  );
  expect(detailWords(entry({ fields: 'name timeZone' }))).toBe('fields Name and Time zone');
  expect(detailWords(entry({ serial: 12_000, column: 'holder' }))).toBe('serial 12000, column Holder');
  expect(subjectWords(entry({}))).toBe('0c1f8a2b3c4d');
});

it('in another language only ids and names that nobody knows stay as they are', () => {
  i18n.activate('hi');
  const facts = [
    entry({ reason: 'lost', stored: 1, count: 2 }),
    entry({ fields: 'name place timeZone startsAt endsAt currency language' }),
    entry({ fields: 'priceMinor colour capacity notBefore notAfter archived' }),
    entry({ serial: 7, column: 'organisation' }),
  ];
  for (const fact of facts) expect(detailWords(fact)).not.toMatch(/\p{Script=Latin}/u);
  expect(subjectWords(entry({}, 'first administrator'))).not.toMatch(/\p{Script=Latin}/u);
  expect(detailWords(entry({ template: 'k3j9' }))).toContain('k3j9');
});
