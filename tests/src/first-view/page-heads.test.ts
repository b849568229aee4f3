import { expect, test } from 'vitest';
import { headAt } from '../../../src/first-view/page-heads.ts';

test.each([
  ['/events/dkn4w7xf78jl/tickets', 'tickets'],
  ['/events/dkn4w7xf78jl/tickets/mint', 'tickets/mint'],
  ['/events/dkn4w7xf78jl/exports/', 'exports'],
])('the page at %s is known before its code is there', (path, place) => {
  expect(headAt(path)?.[0]).toBe(place);
});

test.each([
  '/',
  '/sign-in',
  '/events',
  '/events/tickets',
  '/events/dkn4w7xf78jl',
  '/events/dkn4w7xf78jl/tickets/mint/r1',
])('of the page at %s the mark alone is shown', (path) => {
  expect(headAt(path)).toBeUndefined();
});
