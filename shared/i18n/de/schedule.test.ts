import { expect, it } from 'vitest';
import { describeSchedule } from '../../nodes/schedule/describe.ts';
import type { Schedule } from '../../nodes/schedule/instants.ts';
import { scheduleInGerman } from './schedule.ts';

const schedule = (settings: Partial<Schedule>): Schedule => ({
  by: 'rrule' in settings ? 'rrule' : 'cron',
  cron: '',
  rrule: '',
  timezone: 'Europe/Berlin',
  everyWeeks: 1,
  startDate: '',
  ...settings,
});

it.each([
  [{ cron: '*/5 8-17 * * 1-5' }, 'Alle 5 Minuten von 08:00 bis 17:55 jeden Werktag'],
  [{ cron: '15 */2 * 1,7 *' }, 'Alle 2 Stunden bei Minute 15 im Januar und Juli'],
  [{ cron: '0 9 * * 2', everyWeeks: 2 }, 'Jeden zweiten Dienstag um 09:00'],
  [{ cron: '0 9 * * *', everyWeeks: 3 }, 'Jeden Tag jeder 3. Woche um 09:00'],
  [{ cron: '0 7 * * 1,3', everyWeeks: 4 }, 'Alle 4 Wochen am Montag und Mittwoch um 07:00'],
  [{ cron: '0 9 1,15 * *' }, 'Am 1. und 15. des Monats um 09:00'],
  [{ cron: '0 9 LW 3 *' }, 'Am letzten Werktag des Monats im März um 09:00'],
  [{ cron: '1-50/7 3 */2 * *' }, 'Cron 1-50/7 3 */2 * *'],
  [
    { rrule: 'FREQ=MONTHLY;BYDAY=1MO,-1FR;BYHOUR=17;COUNT=10' },
    'Am ersten Montag und letzten Freitag des Monats um 17:00, 10-mal',
  ],
  [
    { rrule: 'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15,-1,-2,-9;BYHOUR=0' },
    'Jeden zweiten Monat am 15., 9.-letzten Tag, vorletzten Tag und letzten Tag des Monats um 00:00',
  ],
  [{ rrule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;BYHOUR=9,15' }, 'Jedes Jahr am 24. Dezember um 09:00 und 15:00'],
  [
    { rrule: 'FREQ=YEARLY;INTERVAL=3;BYMONTH=3;BYDAY=2SU;BYHOUR=2' },
    'Alle 3 Jahre am zweiten Sonntag im März um 02:00',
  ],
  [
    { rrule: 'FREQ=HOURLY;INTERVAL=2;BYHOUR=8,9,10;BYDAY=SA,SU' },
    'Jede zweite Stunde zwischen 08:00 und 10:59 jeden Samstag und Sonntag',
  ],
  [
    { rrule: 'FREQ=WEEKLY;INTERVAL=3;BYDAY=MO;BYHOUR=9;UNTIL=20270303' },
    'Alle 3 Wochen am Montag um 09:00, bis 3. März 2027',
  ],
  [{ rrule: 'FREQ=DAILY;BYHOUR=9;COUNT=1' }, 'Jeden Tag um 09:00, einmal'],
  [{ rrule: 'FREQ=YEARLY;BYDAY=20MO;BYHOUR=9' }, 'Regel FREQ=YEARLY;BYDAY=20MO;BYHOUR=9'],
] as const)('%j', (settings, german) => {
  const english = describeSchedule(schedule(settings));
  expect(scheduleInGerman(english) ?? english).toBe(`${german}, Europe/Berlin`);
});

/** Every part of a schedule with every other. */
function everySchedule(): Schedule[] {
  const crons = ['* *', '*/7 *', '0 */3', '5 *', '0 8-17', '0,30 9', '*/10 9-11'].flatMap((time) =>
    ['* *', '1,31 *', 'L *', '1W 2', '* 4,8-10'].flatMap((day) =>
      ['*', '1', '0,6', '1-5', '2,4,6', 'MON#1', '5#L'].flatMap((weekday) =>
        [1, 2, 5].map((everyWeeks) =>
          schedule({ cron: `${time} ${day} ${weekday}`, everyWeeks, timezone: 'Etc/GMT+5' }),
        ),
      ),
    ),
  );
  const days = [
    '',
    ';BYDAY=MO',
    ';BYDAY=MO,TU,WE,TH,FR',
    ';BYDAY=SA,SU',
    ';BYDAY=3TH',
    ';BYMONTHDAY=1,22,-1,-3',
    ';BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  ];
  const rules = ['MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].flatMap((freq) =>
    [1, 2, 6].flatMap((interval) =>
      days.flatMap((day) =>
        ['', ';BYMONTH=5', ';BYMONTH=1,6,9'].flatMap((inMonths) =>
          ['', ';COUNT=1', ';COUNT=12', ';UNTIL=20301231T120000'].map((limit) =>
            schedule({ rrule: `DTSTART:20261130T091500\nFREQ=${freq};INTERVAL=${interval}${day}${inMonths}${limit}` }),
          ),
        ),
      ),
    ),
  );
  return [...crons, ...rules];
}

const english =
  /\b(?:every|second|the|of|on|at|in|from|to|between|and|minutes?|hours?|days?|weeks?|months?|years?|weekday|\w+day|\d+(?:st|nd|rd|th)|first|third|fourth|fifth|last|January|February|March|May|June|July|October|December|once|times|until)\b/;

it('says every schedule that has English words', () => {
  const all = everySchedule().map(describeSchedule);
  const said = all.filter((text) => !/^(?:Cron|Rule) /.test(text));
  expect(said.length).toBeGreaterThan(800);
  const left = said.filter((text) => english.test(scheduleInGerman(text)?.replace(/, [^,]+$/, '') ?? 'the'));
  expect(left).toEqual([]);
});

it.each([
  'Nothing is set up yet.',
  '',
  'Every day',
  'Every day at 09:00',
  'Every now and then, UTC',
  'Send a mail to Ada, Berlin',
])('leaves “%s” alone', (text) => {
  expect(scheduleInGerman(text)).toBeUndefined();
});
