import { describe, expect, it } from 'vitest';
import { config, node } from './index.ts';
import { nextInstants, type Schedule, scheduledOutput, scheduleProblems } from './instants.ts';

const schedule = (over: Partial<Schedule>): Schedule => ({
  by: 'cron',
  cron: '0 9 * * 1-5',
  rrule: '',
  timezone: 'UTC',
  everyWeeks: 1,
  startDate: '',
  ...over,
});

describe('nextInstants', () => {
  it.each<[string, Partial<Schedule>, string, string[]]>([
    ['weekdays at nine', {}, '2026-11-20T10:00:00Z', ['2026-11-23T09:00', '2026-11-24T09:00']],
    ['an instant is not its own next', {}, '2026-11-23T09:00:00Z', ['2026-11-24T09:00']],
    [
      'second Tuesday of the month',
      { cron: '0 9 * * 2#2', timezone: 'Europe/Berlin' },
      '2026-11-01T00:00:00Z',
      ['2026-11-10T08:00', '2026-12-08T08:00'],
    ],
    ['last day of the month', { cron: '0 18 L * *' }, '2028-02-01T00:00:00Z', ['2028-02-29T18:00', '2028-03-31T18:00']],
    ['last Friday', { cron: '30 16 * * 5#L' }, '2026-11-01T00:00:00Z', ['2026-11-27T16:30', '2026-12-25T16:30']],
    [
      'gap: 02:30 does not exist on 29 March',
      { cron: '30 2 * * *', timezone: 'Europe/Berlin' },
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'overlap: 02:30 exists twice on 25 October',
      { cron: '30 2 * * *', timezone: 'Europe/Berlin' },
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'every second Tuesday from a Tuesday',
      { cron: '0 9 * * 2', everyWeeks: 2, startDate: '2026-11-03' },
      '2026-10-01T00:00:00Z',
      ['2026-11-03T09:00', '2026-11-17T09:00', '2026-12-01T09:00'],
    ],
    [
      'the start date’s week counts, days before it do not',
      { cron: '0 9 * * 2', everyWeeks: 2, startDate: '2026-11-04' },
      '2026-10-01T00:00:00Z',
      ['2026-11-17T09:00', '2026-12-01T09:00'],
    ],
    [
      'over the turn of the year',
      { cron: '0 9 * * 1', everyWeeks: 3, startDate: '2026-12-14' },
      '2026-12-15T00:00:00Z',
      ['2027-01-04T09:00', '2027-01-25T09:00'],
    ],
    [
      'the day is that of the zone',
      { cron: '30 0 * * 1', everyWeeks: 2, startDate: '2026-11-02', timezone: 'Pacific/Auckland' },
      '2026-10-20T00:00:00Z',
      ['2026-11-01T11:30', '2026-11-15T11:30'],
    ],
    ['start date alone', { startDate: '2027-01-01' }, '2026-01-01T00:00:00Z', ['2027-01-01T09:00', '2027-01-04T09:00']],
    [
      'every minute, every 52 weeks',
      { cron: '* * * * *', everyWeeks: 52, startDate: '2026-01-05' },
      '2026-01-12T00:00:00Z',
      ['2027-01-04T00:00', '2027-01-04T00:01'],
    ],
    ['never', { cron: '0 9 30 2 *' }, '2026-01-01T00:00:00Z', []],
    ['not valid', { cron: 'often' }, '2026-01-01T00:00:00Z', []],
    ['no such zone', { timezone: 'Mars/Base' }, '2026-01-01T00:00:00Z', []],
  ])('%s', (_name, over, from, expected) => {
    const found = nextInstants(schedule(over), new Date(from), Math.max(1, expected.length));
    expect(found.map((instant) => instant.toISOString().slice(0, 16))).toEqual(expected);
  });
});

it.each([
  [{}, 'Every weekday at 09:00, UTC'],
  [{ cron: '0 9 * * 2', everyWeeks: 2, timezone: 'Europe/Berlin' }, 'Every second Tuesday at 09:00, Europe/Berlin'],
  [{ cron: '0 9 * * 2#2' }, 'On the second Tuesday of the month at 09:00, UTC'],
  [{ cron: '0 9 * * FRI#L' }, 'On the last Friday of the month at 09:00, UTC'],
  [{ cron: '*/15 * * * *' }, 'Every 15 minutes, UTC'],
  [{ cron: '0 * * * *' }, 'Every hour, UTC'],
  [{ cron: '5 */2 * * 1-5' }, 'Every 2 hours at minute 5 on every weekday, UTC'],
  [{ cron: '0 8,17 * * MON,WED' }, 'Every Monday and Wednesday at 08:00 and 17:00, UTC'],
  [{ cron: '0 8 * * 6,0' }, 'Every Saturday and Sunday at 08:00, UTC'],
  [{ cron: '0 7 1 * *' }, 'On the 1st of the month at 07:00, UTC'],
  [{ cron: '0 7 1,15 1,7 *' }, 'On the 1st and 15th of the month in January and July at 07:00, UTC'],
  [{ cron: '0 7 L * *' }, 'On the last day of the month at 07:00, UTC'],
  [{ cron: '0 7 * * 1', everyWeeks: 4 }, 'On Monday every 4 weeks at 07:00, UTC'],
  [{ cron: '0 7 * * *' }, 'Every day at 07:00, UTC'],
  [{ cron: '1-50/7 3 */2 * *' }, 'Cron 1-50/7 3 */2 * *, UTC'],
] as const)('%j reads “%s”', (over, words) => expect(node.summary(config.parse(schedule(over)))).toBe(words));

it.each([
  [{ cron: '' }, 'cron'],
  [{ cron: '0 9 * *' }, 'cron'],
  [{ cron: '* * * * * *' }, 'cron'],
  [{ cron: '99 9 * * *' }, 'cron'],
  [{ cron: '0 9 31 4 *' }, 'cron'],
  [{ timezone: 'Berlin' }, 'timezone'],
  [{ everyWeeks: 2 }, 'startDate'],
  [{ startDate: '2026-02-30' }, 'startDate'],
])('%j is refused at %s', (over, field) => {
  expect(scheduleProblems(schedule(over)).map((problem) => problem.field)).toEqual([field]);
});

it('tells the local date of an instant', () => {
  expect(scheduledOutput({ timezone: 'Asia/Tokyo' }, new Date('2026-12-31T16:00:00Z'))).toEqual({
    scheduledAt: '2026-12-31T16:00:00.000Z',
    timezone: 'Asia/Tokyo',
    date: '2027-01-01',
    time: '01:00',
    weekday: 'Friday',
  });
});

it.each([
  ['FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=17', 'On the last Friday of the month at 17:00'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=17', 'On the last weekday of the month at 17:00'],
  [
    'FREQ=MONTHLY;BYMONTHDAY=-1,1,15;BYHOUR=8;BYMINUTE=0,30',
    'On the 1st, 15th and last day of the month at 08:00 and 08:30',
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=-2;BYHOUR=8', 'On the 2nd last day of the month at 08:00'],
  ['DTSTART:20260115T080000\nRRULE:FREQ=MONTHLY;INTERVAL=5', 'Every 5 months on the 15th of the month at 08:00'],
  ['DTSTART:20261124T090000\nRRULE:FREQ=DAILY;INTERVAL=3;COUNT=10', 'Every 3 days at 09:00, 10 times'],
  ['DTSTART:20261124T090000\nFREQ=WEEKLY;INTERVAL=2', 'Every second Tuesday at 09:00'],
  ['DTSTART:20261124T090000\nFREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH', 'Every 3 weeks on Tuesday and Thursday at 09:00'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMONTH=6,7', 'Every weekday in June and July at 08:00'],
  ['FREQ=DAILY;BYHOUR=8;UNTIL=20261231', 'Every day at 08:00, until 31 December 2026'],
  ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;BYHOUR=10', 'Every year on the 24th of December at 10:00'],
  ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYHOUR=1', 'Every year on the last Sunday of March at 01:00'],
  ['DTSTART:20261124T090000\nFREQ=MINUTELY;INTERVAL=45', 'Every 45 minutes'],
  ['DTSTART:20261124T090500\nFREQ=HOURLY;INTERVAL=5', 'Every 5 hours at minute 5'],
  ['FREQ=HOURLY;BYHOUR=9,10,11;BYDAY=MO,TU,WE,TH,FR', 'Every hour between 09:00 and 11:59 on every weekday'],
  ['FREQ=YEARLY;BYDAY=20MO;BYHOUR=9', 'Rule FREQ=YEARLY;BYDAY=20MO;BYHOUR=9'],
  ['FREQ=DAILY;BYHOUR=1,2,3,4,5', 'Rule FREQ=DAILY;BYHOUR=1,2,3,4,5'],
  ['nonsense', 'Rule nonsense'],
])('%j reads “%s”', (rrule, words) =>
  expect(node.summary(config.parse({ by: 'rrule', rrule, timezone: 'UTC' }))).toBe(`${words}, UTC`),
);
