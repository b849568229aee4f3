import { expect, test } from 'vitest';
import { bestLocale, formatsOf, isLocale } from '../../../src/localisation/locales.ts';

test('the first language of the browser that the interface speaks is spoken, else English', () => {
  expect(bestLocale(['de-AT', 'hi-IN', 'en'])).toBe('hi');
  expect(bestLocale(['ar-EG'])).toBe('ar');
  expect(bestLocale(['de', 'fr'])).toBe('en');
  expect(bestLocale(['C', 'en_US.UTF-8', ''])).toBe('en');
  expect(isLocale('toString')).toBe(false);
});

test('numbers and dates follow the region that the browser names for the language', () => {
  expect(formatsOf('en', ['en-IN', 'hi'])).toBe('en-IN');
  expect(formatsOf('ar', ['en-IN', 'hi'])).toBe('ar');
  expect(formatsOf('en', ['en_US.UTF-8', 'en-GB'])).toBe('en-GB');
});
