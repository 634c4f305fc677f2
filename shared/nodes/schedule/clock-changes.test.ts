/** Schedules in the nights in which clocks change. Instants are in UTC. */
import { describe, expect, it } from 'vitest';
import { berlin, instantsOf, cron, lordHowe, newYork, rule, type Row } from './testing-instants.ts';

function check(...row: Row): void {
  const { found, wanted } = instantsOf(row);
  expect(found).toEqual(wanted);
}

describe('clocks go forward: a skipped time fires once, right after the gap', () => {
  it.each<Row>([
    ['once a day', cron('30 2 * * *'), berlin, '2026-03-28T12:00', '2026-03-29 01:00, 30 00:30'],
    ['the first minute of the gap', cron('0 2 * * *'), berlin, '2026-03-28T12:00', '2026-03-29 01:00, 30 00:00'],
    [
      'two skipped times are one',
      cron('0,30 2 * * *'),
      berlin,
      '2026-03-28T12:00',
      '2026-03-29 01:00, 30 00:00, 30 00:30',
    ],
    [
      'one with what fires then anyway',
      cron('30 2,3 * * *'),
      berlin,
      '2026-03-28T12:00',
      '2026-03-29 01:00, 29 01:30, 30 00:30',
    ],
    ['after the gap it is not made up for again', cron('30 2 * * *'), berlin, '2026-03-29T01:00', '2026-03-30 00:30'],
    ['New York', cron('30 2 * * *'), newYork, '2026-03-07T12:00', '2026-03-08 07:00, 09 06:30'],
    ['a gap of half an hour', cron('15 2 * * *'), lordHowe, '2026-10-02T16:00', '2026-10-03 15:30, 04 15:15'],
    ['right after that gap', cron('30 2 * * *'), lordHowe, '2026-10-02T16:30', '2026-10-03 15:30, 04 15:30'],
    ['midnight does not exist', cron('0 0 * * *'), 'Africa/Cairo', '2026-04-23T00:00', '2026-04-23 22:00, 24 21:00'],
    [
      'a day that does not exist',
      cron('0 9 30 12 *'),
      'Pacific/Apia',
      '2011-12-28T00:00',
      '2011-12-30 10:00, 2012-12-29 19:00',
    ],
    [
      'every hour: only what the clock shows',
      cron('5 * * * *'),
      berlin,
      '2026-03-29T00:00',
      '2026-03-29 00:05, 29 01:05, 29 02:05',
    ],
    [
      'every quarter of an hour',
      cron('*/15 * * * *'),
      berlin,
      '2026-03-29T00:40',
      '2026-03-29 00:45, 29 01:00, 29 01:15',
    ],
    [
      'every two hours: 2 is named',
      cron('0 */2 * * *'),
      berlin,
      '2026-03-28T22:00',
      '2026-03-28 23:00, 29 01:00, 29 02:00',
    ],
    [
      'a rule of days',
      rule('FREQ=DAILY;BYHOUR=2;BYMINUTE=30'),
      berlin,
      '2026-03-28T12:00',
      '2026-03-29 01:00, 30 00:30',
    ],
    [
      'a rule of the week',
      rule('FREQ=WEEKLY;BYDAY=SU;BYHOUR=2;BYMINUTE=15'),
      newYork,
      '2026-03-07T12:00',
      '2026-03-08 07:00, 15 06:15',
    ],
    [
      'a rule of hours passes',
      rule('DTSTART:20260328T230000\nRRULE:FREQ=HOURLY;INTERVAL=3'),
      berlin,
      '2026-03-28T23:00',
      '2026-03-29 01:00, 29 04:00',
    ],
    [
      'a rule of minutes passes',
      rule('DTSTART:20260329T003000\nRRULE:FREQ=MINUTELY;INTERVAL=90'),
      berlin,
      '2026-03-29T00:00',
      '2026-03-29 01:00, 29 02:30',
    ],
  ])('%s', check);
});

describe('clocks go back: a time that happens twice fires once', () => {
  it.each<Row>([
    ['once a day', cron('30 2 * * *'), berlin, '2026-10-24T12:00', '2026-10-25 00:30, 26 01:30'],
    ['between the two', cron('30 2 * * *'), berlin, '2026-10-25T00:45', '2026-10-26 01:30'],
    ['in the second pass', cron('30 2 * * *'), berlin, '2026-10-25T01:30', '2026-10-26 01:30'],
    ['New York', cron('30 1 * * *'), newYork, '2026-10-31T12:00', '2026-11-01 05:30, 02 06:30'],
    ['half an hour twice', cron('45 1 * * *'), lordHowe, '2026-04-03T15:00', '2026-04-04 14:45, 05 15:15'],
    ['the hour after', cron('0 3 * * *'), berlin, '2026-10-24T12:00', '2026-10-25 02:00, 26 02:00'],
    ['every hour is every hour', cron('0 * * * *'), berlin, '2026-10-24T23:30', '2026-10-25 00:00, 25 01:00, 25 02:00'],
    [
      'every half hour, too',
      cron('*/30 * * * *'),
      lordHowe,
      '2026-04-04T14:10',
      '2026-04-04 14:30, 04 15:00, 04 15:30, 04 16:00',
    ],
    ['every two hours: 2 is named', cron('0 */2 * * *'), berlin, '2026-10-24T22:30', '2026-10-25 00:00, 25 03:00'],
    [
      'a rule of days',
      rule('FREQ=DAILY;BYHOUR=2;BYMINUTE=30'),
      berlin,
      '2026-10-24T12:00',
      '2026-10-25 00:30, 26 01:30',
    ],
    [
      'a rule of hours passes',
      rule('FREQ=HOURLY;BYMINUTE=15'),
      berlin,
      '2026-10-24T23:30',
      '2026-10-25 00:15, 25 01:15, 25 02:15',
    ],
    [
      'minutes of an hour that has shifted',
      rule('FREQ=HOURLY;BYMINUTE=15'),
      lordHowe,
      '2026-04-04T13:00',
      '2026-04-04 13:15, 04 14:15, 04 15:45',
    ],
    [
      'set by its place',
      rule('FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=30;BYSETPOS=-2'),
      berlin,
      '2026-10-24T12:00',
      '2026-10-25 00:30, 26 01:30',
    ],
  ])('%s', check);
});
