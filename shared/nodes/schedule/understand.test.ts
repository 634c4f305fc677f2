/** From a person's words to settings, back into words, and to instants. */
import { expect, it } from 'vitest';
import { understandSchedule } from '../../schedule/words/understand.ts';
import { describeSchedule } from './describe.ts';
import { nextInstants, scheduleProblems } from './instants.ts';

/** A Sunday, 13:00 in Berlin. */
const context = { now: new Date('2026-11-22T12:00:00Z'), timezone: 'Europe/Berlin' };

it.each([
  ['every second Tuesday at 9', 'Every second Tuesday at 09:00', '2026-11-24 08:00, 2026-12-08 08:00'],
  ['jeden Werktag um 8 Uhr', 'Every weekday at 08:00', '2026-11-23 07:00, 2026-11-24 07:00'],
  [
    'on the last Friday of the month at 17:00',
    'On the last Friday of the month at 17:00',
    '2026-11-27 16:00, 2026-12-25 16:00',
  ],
  [
    'alle 15 Minuten zwischen 9 und 17 Uhr',
    'Every 15 minutes from 09:00 to 16:45',
    '2026-11-22 12:15, 2026-11-22 12:30',
  ],
  ['Every weekday, please, at half past eight.', 'Every weekday at 08:30', '2026-11-23 07:30, 2026-11-24 07:30'],
  [
    'every hour from 9 to 17 on weekdays',
    'Every hour from 09:00 to 17:00 on every weekday',
    '2026-11-23 08:00, 2026-11-23 09:00',
  ],
  ['every 45 minutes', 'Every 45 minutes', '2026-11-22 12:45, 2026-11-22 13:30'],
  ['alle drei Tage um 7 Uhr', 'Every 3 days at 07:00', '2026-11-23 06:00, 2026-11-26 06:00'],
  [
    'am letzten Werktag des Monats um 16 Uhr',
    'On the last weekday of the month at 16:00',
    '2026-11-30 15:00, 2026-12-31 15:00',
  ],
  [
    'am 1. und 15. jedes Monats um 6 Uhr',
    'On the 1st and 15th of the month at 06:00',
    '2026-12-01 05:00, 2026-12-15 05:00',
  ],
  [
    'every Monday at 8 in July and August',
    'Every Monday in July and August at 08:00',
    '2027-07-05 06:00, 2027-07-12 06:00',
  ],
  [
    'jedes Jahr am 24. Dezember um 10 Uhr',
    'On the 24th of the month in December at 10:00',
    '2026-12-24 09:00, 2027-12-24 09:00',
  ],
  ['chaque lundi à 8h', 'Every Monday at 08:00', '2026-11-23 07:00, 2026-11-30 07:00'],
])('“%s” is “%s”', (text, words, expected) => {
  const found = understandSchedule(text, context);
  if (found.type !== 'understood') throw new Error(`not understood: ${found.words.join(' | ')}`);
  expect(scheduleProblems(found.schedule)).toEqual([]);
  expect(describeSchedule(found.schedule)).toBe(`${words}, Europe/Berlin`);
  const instants = nextInstants(found.schedule, context.now, 2).map((instant) => instant.toISOString().slice(0, 16));
  expect(instants.join(', ').replaceAll('T', ' ')).toBe(expected);
});

it('takes the zone from the words, and from the settings where they name none', () => {
  expect(understandSchedule('every day at 9 Tokyo time', context)).toMatchObject({
    schedule: { timezone: 'Asia/Tokyo' },
  });
  expect(understandSchedule('every day at 9', context)).toMatchObject({ schedule: { timezone: 'Europe/Berlin' } });
});

it.each([
  ['every Mondy at 8', ['every Mondy']],
  ['every Monday at 8 except on holidays', ['except on holidays']],
  ['jeden Montag um 8 Uhr außer im Urlaub', ['außer im Urlaub']],
  ['every full moon', ['every full moon']],
  ['every day at 8:30 and 17:00', ['17:00']],
  ['at 8', []],
  ['', []],
])('“%s”: does not understand %j', (text, words) => {
  expect(understandSchedule(text, context)).toEqual({ type: 'unclear', words });
});
