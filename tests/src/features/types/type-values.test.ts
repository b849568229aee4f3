import { expect, test } from 'vitest';
import { ticketTypeInputSchema } from '../../../../core/api/event.ts';
import { emptyTypeValues, typeInputOf, typeValuesOf, usualTypes } from '../../../../src/features/types/type-values.ts';

const terms = { currency: 'INR', timeZone: 'Asia/Kolkata' };

test('a type survives its form', () => {
  const type = ticketTypeInputSchema.parse({
    name: 'VIP',
    priceMinor: 150_050,
    colour: 'grape',
    capacity: 12,
    notBefore: Date.UTC(2027, 2, 12, 12, 30),
    notAfter: null,
  });
  expect(typeValuesOf(type, terms)).toMatchObject({ price: 1500.5, notBefore: '2027-03-12T18:00', notAfter: '' });
  expect(typeInputOf(typeValuesOf(type, terms), terms)).toEqual(type);
});

test('money has no fractions of its minor unit', () => {
  const values = { ...emptyTypeValues([]), name: 'A', price: 19.99 };
  expect(typeInputOf(values, terms).priceMinor).toBe(1_999);
  expect(typeInputOf({ ...values, price: 0.1 + 0.2 }, terms).priceMinor).toBe(30);
  expect(typeInputOf({ ...values, price: 500 }, { ...terms, currency: 'JPY' }).priceMinor).toBe(500);
});

test('nothing entered means free and without limit', () => {
  expect(typeInputOf({ ...emptyTypeValues([]), name: ' Crew ' }, terms)).toMatchObject({
    name: 'Crew',
    priceMinor: 0,
    capacity: null,
  });
});

test('the usual five are valid, and differ in colour', () => {
  for (const type of usualTypes()) expect(ticketTypeInputSchema.safeParse(type).success).toBe(true);
  expect(new Set(usualTypes().map(({ colour }) => colour)).size).toBe(5);
});
