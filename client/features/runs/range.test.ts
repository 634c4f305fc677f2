import { expect, it } from 'vitest';
import { isDay, rangeOf } from './range.ts';

const now = Date.UTC(2026, 10, 22, 12);

it.each([
  ['2026-11-22', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['22.11.2026', false],
  ['', false],
])('%s', (text, is) => {
  expect(isDay(text)).toBe(is);
});

it('ends now', () => {
  expect(rangeOf({ name: 'hour' }, now)).toEqual({ since: '2026-11-22T11:00:00.000Z' });
  expect(rangeOf({ name: 'week' }, now)).toEqual({ since: '2026-11-15T12:00:00.000Z' });
});

it('has whole days of this device’s calendar, the last one included, also over a change of the clock', () => {
  const { since, until } = rangeOf({ name: 'days', from: '2026-10-25', to: '2026-10-25' }, now);
  expect(since).toBe(new Date(2026, 9, 25).toISOString());
  expect(until).toBe(new Date(2026, 9, 26).toISOString());
});

it('may be open at an end', () => {
  expect(rangeOf({ name: 'days', from: '', to: '2026-10-31' }, now)).toEqual({
    until: new Date(2026, 10, 1).toISOString(),
  });
});
