import { i18n } from '@lingui/core';
import { afterAll, expect, it } from 'vitest';
import { reasonWords } from '../../../../src/features/batches/reason-words.ts';
import { CATALOGS } from '../../../../src/localisation/catalogs.ts';

afterAll(() => i18n.activate('en'));

it('what closing a batch revoked is told in the language of the interface, all else as it was written', async () => {
  i18n.load('hi', (await CATALOGS.hi.pages()).messages);
  i18n.activate('hi');
  for (const seal of ['cancelled', 'complete', 'lost'] as const)
    expect(reasonWords({ seal, reason: `sealed as ${seal}` })).not.toMatch(/\p{Script=Latin}/u);
  expect(reasonWords({ reason: 'Refunded' })).toBe('Refunded');
  // A server's answer that an earlier version has kept on this device.
  expect(reasonWords({ reason: 'sealed as lost' })).toBe('sealed as lost');
});
