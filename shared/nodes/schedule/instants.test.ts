/** Expressions, rules and their instants, in UTC. */
import { describe, expect, it } from 'vitest';
import { nextInstants, scheduleProblems } from './instants.ts';
import { berlin, instantsOf, cron, kolkata, newYork, rule, type Row } from './testing-instants.ts';

function check(...row: Row): void {
  const { found, wanted } = instantsOf(row);
  expect(found).toEqual(wanted);
}

describe('months, years and leap days', () => {
  it.each<Row>([
    ['29 February', cron('0 9 29 2 *'), 'UTC', '2026-01-01T00:00', '2028-02-29 09:00, 2032-02-29 09:00'],
    [
      '29 February as a rule',
      rule('DTSTART:20240229T090000\nFREQ=YEARLY'),
      kolkata,
      '2024-03-01T00:00',
      '2028-02-29 03:30, 2032-02-29 03:30',
    ],
    [
      'over 2100, which has none',
      rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9'),
      'UTC',
      '2097-01-01T00:00',
      '2104-02-29 09:00',
    ],
    ['the 31st', cron('0 0 31 * *'), 'UTC', '2026-01-31T00:00', '2026-03-31 00:00, 05-31 00:00'],
    [
      'the 31st of a monthly rule',
      rule('DTSTART:20260131T000000\nFREQ=MONTHLY'),
      'UTC',
      '2026-01-31T00:00',
      '2026-03-31 00:00, 05-31 00:00',
    ],
    ['the last day', cron('0 18 L * *'), berlin, '2028-02-01T00:00', '2028-02-29 17:00, 03-31 16:00'],
    [
      'the last day as a rule',
      rule('FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=18'),
      berlin,
      '2028-02-01T00:00',
      '2028-02-29 17:00, 03-31 16:00',
    ],
    [
      'the last but two',
      rule('FREQ=MONTHLY;BYMONTHDAY=-3;BYHOUR=0'),
      'UTC',
      '2026-02-01T00:00',
      '2026-02-26 00:00, 03-29 00:00',
    ],
    ['the turn of the year', cron('0 0 1 1 *'), newYork, '2026-12-31T12:00', '2027-01-01 05:00, 2028-01-01 05:00'],
    ['New Year in India', cron('0 0 1 1 *'), kolkata, '2026-12-31T12:00', '2026-12-31 18:30, 2027-12-31 18:30'],
    [
      'the last second Sunday',
      rule('FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;BYHOUR=2'),
      newYork,
      '2026-01-01T00:00',
      '2026-03-08 07:00, 2027-03-14 07:00',
    ],
    [
      'the 20th Monday of the year',
      rule('FREQ=YEARLY;BYDAY=20MO;BYHOUR=9'),
      'UTC',
      '1997-01-01T00:00',
      '1997-05-19 09:00, 1998-05-18 09:00',
    ],
    [
      'the last weekday',
      rule('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=17'),
      berlin,
      '2026-01-01T00:00',
      '2026-01-30 16:00, 02-27 16:00, 03-31 15:00',
    ],
    [
      'first and last',
      rule('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1;BYHOUR=9'),
      'UTC',
      '2026-08-01T00:00',
      '2026-08-03 09:00, 08-31 09:00, 09-01 09:00',
    ],
    [
      'Friday the 13th',
      rule('FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;BYHOUR=9'),
      'UTC',
      '2026-01-01T00:00',
      '2026-02-13 09:00, 03-13 09:00, 11-13 09:00',
    ],
    [
      'election day',
      rule('DTSTART:19961105T090000\nFREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8'),
      newYork,
      '1996-01-01T00:00',
      '1996-11-05 14:00, 2000-11-07 14:00',
    ],
    ['second Tuesday', cron('0 9 * * 2#2'), berlin, '2026-11-01T00:00', '2026-11-10 08:00, 12-08 08:00'],
    [
      'last Friday',
      rule('FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=16;BYMINUTE=30'),
      'UTC',
      '2026-11-01T00:00',
      '2026-11-27 16:30, 12-25 16:30',
    ],
  ])('%s', check);
});

describe('intervals, counts and ends', () => {
  it.each<Row>([
    [
      'every third day',
      rule('DTSTART:20261230T090000\nFREQ=DAILY;INTERVAL=3'),
      'UTC',
      '2026-12-30T09:00',
      '2027-01-02 09:00, 05 09:00',
    ],
    [
      'every second week, week from Monday',
      rule('DTSTART:19970805T090000\nFREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO'),
      'UTC',
      '1997-08-01T00:00',
      '1997-08-05 09:00, 10 09:00, 19 09:00, 24 09:00',
    ],
    [
      'every second week, week from Sunday',
      rule('DTSTART:19970805T090000\nFREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU'),
      'UTC',
      '1997-08-01T00:00',
      '1997-08-05 09:00, 17 09:00, 19 09:00, 31 09:00',
    ],
    [
      'every second week by cron',
      cron('0 9 * * 2', { everyWeeks: 2, startDate: '2026-11-03' }),
      berlin,
      '2026-10-01T00:00',
      '2026-11-03 08:00, 17 08:00, 12-01 08:00',
    ],
    [
      'every fifth month',
      rule('DTSTART:20260115T080000\nFREQ=MONTHLY;INTERVAL=5'),
      'UTC',
      '2026-01-16T00:00',
      '2026-06-15 08:00, 11-15 08:00, 2027-04-15 08:00',
    ],
    [
      'every 45 minutes over midnight',
      rule('DTSTART:20260101T230000\nFREQ=MINUTELY;INTERVAL=45'),
      kolkata,
      '2026-01-01T17:30',
      '2026-01-01 18:15, 01 19:00',
    ],
    [
      'quarters of office hours',
      rule('FREQ=MINUTELY;INTERVAL=1;BYMINUTE=0,30;BYHOUR=9,16;BYDAY=FR'),
      'UTC',
      '2026-11-20T09:15',
      '2026-11-20 09:30, 20 16:00, 20 16:30, 27 09:00',
    ],
    [
      'hours in one month',
      rule('FREQ=HOURLY;BYMONTH=1;BYMONTHDAY=31;BYHOUR=23'),
      'UTC',
      '2026-02-01T00:00',
      '2027-01-31 23:00, 2028-01-31 23:00',
    ],
    [
      'starts on a day that is none of its own',
      rule('DTSTART:20261101T090000\nFREQ=WEEKLY;BYDAY=MO'),
      'UTC',
      '2026-10-01T00:00',
      '2026-11-02 09:00, 09 09:00',
    ],
    [
      'a zone in its start',
      rule('DTSTART;TZID=Asia/Kolkata:20261101T090000\nRRULE:FREQ=DAILY'),
      kolkata,
      '2026-10-01T00:00',
      '2026-11-01 03:30, 02 03:30',
    ],
  ])('%s', check);

  it.each([
    [
      'three times',
      'DTSTART:20260328T023000\nFREQ=DAILY;COUNT=3',
      ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'five minutes apart, twice',
      'DTSTART:20260328T023000\nFREQ=MINUTELY;INTERVAL=5;COUNT=2',
      ['2026-03-28T01:30', '2026-03-28T01:35'],
    ],
    [
      'until an instant',
      'DTSTART:20260328T023000\nFREQ=DAILY;UNTIL=20260329T010000Z',
      ['2026-03-28T01:30', '2026-03-29T01:00'],
    ],
    [
      'until a day, the day included',
      'DTSTART:20260328T233000\nFREQ=DAILY;UNTIL=20260329',
      ['2026-03-28T22:30', '2026-03-29T21:30'],
    ],
    ['until a local time', 'DTSTART:20260328T233000\nFREQ=DAILY;UNTIL=20260329T232959', ['2026-03-28T22:30']],
  ])('%s, and no more', (_what, rrule, expected) => {
    const all = nextInstants({ ...rule(rrule), timezone: berlin }, new Date('2020-01-01T00:00:00Z'), 99);
    expect(all.map((instant) => instant.toISOString().slice(0, 16))).toEqual(expected);
    const rest = nextInstants({ ...rule(rrule), timezone: berlin }, all[0]!, 99);
    expect(rest).toEqual(all.slice(1));
  });
});

describe('what is wrong with a rule', () => {
  it.each([
    ['', 'Write a rule such as'],
    ['FREQ=OFTEN', 'FREQ has to be one of'],
    ['FREQ=SECONDLY', 'FREQ has to be one of'],
    ['FREQ=DAILY;BYHOUR=9;BYWEEKNO=3', 'BYWEEKNO is not supported'],
    ['FREQ=DAILY;BYHOUR=25', '“25” in BYHOUR is not a number from 0 to 23'],
    ['FREQ=MONTHLY;BYMONTHDAY=0;BYHOUR=9', '“0” in BYMONTHDAY is not a number from 1 to 31 or -1 to -31'],
    ['FREQ=MONTHLY;BYDAY=0MO;BYHOUR=9', 'is not a weekday such as'],
    ['FREQ=MONTHLY;BYDAY=MI;BYHOUR=9', '“MI” in BYDAY'],
    ['FREQ=DAILY;BYDAY=2TU;BYHOUR=9', 'counts weekdays'],
    ['FREQ=WEEKLY;BYMONTHDAY=2;BYHOUR=9', 'cannot stand with FREQ=WEEKLY'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20260101;BYHOUR=9', 'cannot stand together'],
    ['FREQ=DAILY;BYSETPOS=1', 'BYSETPOS chooses'],
    ['FREQ=DAILY;INTERVAL=0;BYHOUR=9', '“0” in INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1,2;BYHOUR=9', 'INTERVAL takes one number'],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ stands here twice'],
    ['FREQ', 'not of the form NAME=VALUE'],
    ['FREQ=DAILY;UNTIL=20260230;BYHOUR=9', 'in UNTIL is not a date'],
    ['FREQ=DAILY', 'Say at what time'],
    ['FREQ=DAILY;INTERVAL=2;BYHOUR=9', 'Add DTSTART'],
    ['FREQ=DAILY;COUNT=2;BYHOUR=9', 'Add DTSTART'],
    ['DTSTART:2026-01-01\nFREQ=DAILY', 'Write DTSTART as'],
    ['DTSTART;TZID=Asia/Tokyo:20260101T090000\nFREQ=DAILY', 'DTSTART is in Asia/Tokyo, the schedule in UTC'],
    ['FREQ=DAILY;BYHOUR=9\nEXDATE:20260101T090000', 'One rule, and DTSTART'],
    ['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=9', 'never happens'],
    ['FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30', 'never happens'],
  ])('%s', (rrule, message) => {
    const problems = scheduleProblems(rule(rrule));
    expect(problems.map(({ field }) => field)).toEqual(['rrule']);
    expect(problems[0]?.message).toContain(message);
    expect(nextInstants({ ...rule('FREQ=DAILY;FREQ'), timezone: 'UTC' }, new Date(0), 1)).toEqual([]);
  });
});

it('answers fast, also for rules that hardly ever or never come', () => {
  const slow = [
    'FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;BYHOUR=1',
    'FREQ=MINUTELY;BYHOUR=4;BYMONTH=12',
  ];
  const since = performance.now();
  for (const text of slow) nextInstants({ ...rule(text), timezone: berlin }, new Date('2026-01-01T00:00:00Z'), 5);
  expect(performance.now() - since).toBeLessThan(2_000);
});
