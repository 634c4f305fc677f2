/** Random schedules against an evaluator that looks at every minute of the clock and knows nothing of how the real one goes ahead. */
import { describe, expect, it } from 'vitest';
import { nextInstants, type Schedule } from './instants.ts';

const minute = 60_000;
const day = 86_400_000;

interface Minutes {
  instants: number[];
  locals: number[];
}
const read = new Map<string, Minutes>();

/** What the clock shows at each minute of a stretch of time; offsets change on quarters of an hour. */
function minutesOf(zone: string, from: number, to: number): Minutes {
  const key = `${zone} ${from} ${to}`;
  const known = read.get(key) ?? readMinutes(zone, from, to);
  read.set(key, known);
  return known;
}

function readMinutes(zone: string, from: number, to: number): Minutes {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const instants: number[] = [];
  const locals: number[] = [];
  for (let quarter = from; quarter < to; quarter += 15 * minute) {
    const local = Date.parse(`${format.format(quarter).replace(', ', 'T')}Z`);
    for (let n = 0; n < 15; n++) {
      instants.push(quarter + n * minute);
      locals.push(local + n * minute);
    }
  }
  return { instants, locals };
}

type Fits = (local: Date) => boolean;

/** Named times: each minute that the clock shows for the first time, and for minutes that it leaves out the first after them. */
function named(zone: string, from: number, to: number, fits: Fits): number[] {
  const { instants, locals } = minutesOf(zone, from - 3 * day, to);
  const found: number[] = [];
  let shown = locals[0]! - minute;
  for (const [index, local] of locals.entries()) {
    let fires = false;
    // Where the clock goes on as usual this is one turn, where it jumps one for each minute left out, where it goes back none.
    for (; shown < local; shown += minute) if (fits(new Date(shown + minute))) fires = true;
    if (fires) found.push(instants[index]!);
  }
  return found.filter((instant) => instant > from);
}

function whenever(zone: string, from: number, to: number, fits: Fits): number[] {
  const { instants, locals } = minutesOf(zone, from, to);
  return instants.filter((instant, index) => instant > from && fits(new Date(locals[index]!)));
}

function randomNumbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % most;
  };
}

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
  'America/St_Johns',
  'Africa/Cairo',
];
const stretches: [number, number][] = [
  [Date.UTC(2026, 2, 6), Date.UTC(2026, 3, 9)],
  [Date.UTC(2026, 9, 2), Date.UTC(2026, 10, 5)],
  [Date.UTC(2028, 1, 12), Date.UTC(2028, 2, 3)],
];
const base: Schedule = { by: 'cron', cron: '', rrule: '', timezone: 'UTC', everyWeeks: 1, startDate: '' };
const last = (date: Date): number => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

function expectSame(schedule: Schedule, from: number, to: number, expected: number[]): void {
  const found = nextInstants(schedule, new Date(from), expected.length + 1).map(Number);
  const inside = found.filter((instant) => instant < to);
  const text = (list: number[]): string =>
    list.map((instant) => new Date(instant).toISOString().slice(0, 16)).join(' ');
  expect(text(inside), JSON.stringify(schedule)).toBe(text(expected));
}

const few = (random: (most: number) => number, most: number, least = 0): number[] =>
  [...new Set(Array.from({ length: 1 + random(3) }, () => least + random(most - least)))].sort((a, b) => a - b);

interface CronCase {
  cron: string;
  fits: Fits;
  everyPass: boolean;
}

function randomCron(random: (most: number) => number): CronCase {
  const field = (most: number): [string, (n: number) => boolean] => {
    const step = [2, 5, 7, 15][random(4)]!;
    const from = random(most - 1);
    const to = from + random(most - from);
    const list = few(random, most);
    const choices: [string, (n: number) => boolean][] = [
      [list.join(','), (n) => list.includes(n)],
      [`*/${step}`, (n) => n % step === 0],
      [`${from}-${to}`, (n) => n >= from && n <= to],
    ];
    return choices[random(3)]!;
  };
  const [minutes, isMinute] = field(60);
  const everyPass = random(4) === 0;
  const [hours, isHour] = everyPass
    ? ['*', () => true]
    : random(2) === 0
      ? ['1,2,3', (n: number) => n > 0 && n < 4]
      : field(24);
  const list = few(random, 32, 1);
  const weekday = random(7);
  const nth = 1 + random(4);
  const dates: [string, Fits][] = [
    ['* * *', () => true],
    [`${list.join(',')} * *`, (date) => list.includes(date.getUTCDate())],
    ['L * *', (date) => date.getUTCDate() === last(date)],
    [`* * ${weekday}`, (date) => date.getUTCDay() === weekday],
    [`* * ${weekday}#${nth}`, (date) => date.getUTCDay() === weekday && Math.ceil(date.getUTCDate() / 7) === nth],
    [`* * ${weekday}#L`, (date) => date.getUTCDay() === weekday && date.getUTCDate() + 7 > last(date)],
    ['* 3,10 *', (date) => date.getUTCMonth() === 2 || date.getUTCMonth() === 9],
  ];
  const [datesText, isDate] = dates[random(dates.length)]!;
  return {
    cron: `${minutes} ${hours} ${datesText}`,
    everyPass,
    fits: (date) => isMinute(date.getUTCMinutes()) && isHour(date.getUTCHours()) && isDate(date),
  };
}

describe.each(zones)('%s', (timezone) => {
  it.each(stretches)('cron from %d to %d', (from, to) => {
    for (let seed = 0; seed < 8; seed++) {
      const { cron, fits, everyPass } = randomCron(randomNumbers(seed * 977 + from / day));
      const expected = (everyPass ? whenever : named)(timezone, from, to, fits);
      expectSame({ ...base, cron, timezone }, from, to, expected);
    }
  });

  it.each(stretches)('rules from %d to %d', (from, to) => {
    for (let seed = 0; seed < 8; seed++) {
      const { rrule, fits } = randomRule(randomNumbers(seed * 1_009 + from / day));
      expectSame({ ...base, by: 'rrule', rrule, timezone }, from, to, named(timezone, from, to, fits));
    }
  });

  it.each(stretches)('rules of hours and minutes from %d to %d', (from, to) => {
    for (let seed = 0; seed < 6; seed++) {
      const { rrule, everyMinutes, fits } = randomPassing(randomNumbers(seed * 3_001 + from / day));
      const begin = named(
        timezone,
        passingStart - 2 * day,
        passingStart + 2 * day,
        (date) => date.getTime() === passingStart,
      )[0]!;
      const expected = whenever(timezone, from, to, fits).filter(
        (instant) => ((instant - begin) / minute) % everyMinutes === 0,
      );
      expectSame({ ...base, by: 'rrule', rrule, timezone }, from, to, expected);
    }
  });
});

const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** 15 January 2026, a Thursday, 02:30. */
const ruleStart = Date.UTC(2026, 0, 15, 2, 30);

function randomRule(random: (most: number) => number): { rrule: string; fits: Fits } {
  const interval = 1 + random(3);
  const hours = random(2) === 0 ? [1, 2, 3] : few(random, 24);
  const minutes = few(random, 60);
  const isTime: Fits = (date) => hours.includes(date.getUTCHours()) && minutes.includes(date.getUTCMinutes());
  const weekday = random(7);
  const dayList = few(random, 32, 1);
  const nth = [1, 2, 3, 4, -1, -2][random(6)]!;
  const months = few(random, 13, 1);
  const inMonths = random(3) === 0;
  const fromEnd = (date: Date): number => date.getUTCDate() - last(date) - 1;
  const isNth: Fits = (date) =>
    date.getUTCDay() === weekday &&
    (nth > 0 ? Math.ceil(date.getUTCDate() / 7) === nth : Math.ceil(-fromEnd(date) / 7) === -nth);
  const monthsSince = (date: Date): number => (date.getUTCFullYear() - 2026) * 12 + date.getUTCMonth();
  const daysSince = (date: Date): number => Math.floor(date.getTime() / day) - Math.floor(ruleStart / day);
  // The week of the start begins on Monday the 12th, or Sunday the 11th.
  const sunday = random(2) === 0;
  const weeksSince = (date: Date): number => Math.floor((daysSince(date) + (sunday ? 4 : 3)) / 7);
  const isWorkday: Fits = (date) => date.getUTCDay() > 0 && date.getUTCDay() < 6;
  const isLastWorkday: Fits = (date) =>
    isWorkday(date) &&
    !Array.from({ length: last(date) - date.getUTCDate() }, (_, n) => n + 1).some((n) =>
      isWorkday(new Date(date.getTime() + n * day)),
    );
  const shapes: [string, Fits][] = [
    [`FREQ=DAILY;INTERVAL=${interval}`, (date) => daysSince(date) % interval === 0],
    [
      `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${codes[weekday]},TH;WKST=${sunday ? 'SU' : 'MO'}`,
      (date) => weeksSince(date) % interval === 0 && [weekday, 4].includes(date.getUTCDay()),
    ],
    [
      `FREQ=MONTHLY;INTERVAL=${interval};BYMONTHDAY=${dayList.join(',')}`,
      (date) => monthsSince(date) % interval === 0 && dayList.includes(date.getUTCDate()),
    ],
    [
      `FREQ=MONTHLY;INTERVAL=${interval};BYMONTHDAY=-${dayList.join(',-')}`,
      (date) => monthsSince(date) % interval === 0 && dayList.includes(-fromEnd(date)),
    ],
    [
      `FREQ=MONTHLY;INTERVAL=${interval};BYDAY=${nth}${codes[weekday]}`,
      (date) => monthsSince(date) % interval === 0 && isNth(date),
    ],
    [
      `FREQ=MONTHLY;INTERVAL=${interval};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1`,
      (date) => monthsSince(date) % interval === 0 && isLastWorkday(date),
    ],
    ['FREQ=YEARLY;BYMONTH=2,3,10', (date) => [1, 2, 9].includes(date.getUTCMonth()) && date.getUTCDate() === 15],
    [
      `FREQ=YEARLY;BYMONTH=3,10;BYDAY=${nth}${codes[weekday]}`,
      (date) => [2, 9].includes(date.getUTCMonth()) && isNth(date),
    ],
  ];
  const [text, isDay] = shapes[random(shapes.length)]!;
  const limited = inMonths && !text.includes('BYMONTH=');
  // With a place in the set there is one time of the day, or the place would count times.
  const one = text.includes('BYSETPOS');
  const isOne: Fits = (date) => date.getUTCHours() === hours[0] && date.getUTCMinutes() === minutes[0];
  const times = one
    ? `BYHOUR=${hours[0]};BYMINUTE=${minutes[0]}`
    : `BYHOUR=${hours.join(',')};BYMINUTE=${minutes.join(',')}`;
  return {
    rrule: `DTSTART:20260115T023000\nRRULE:${text};${times}${limited ? `;BYMONTH=${months.join(',')}` : ''}`,
    fits: (date) =>
      date.getTime() >= ruleStart &&
      isDay(date) &&
      (one ? isOne : isTime)(date) &&
      (!limited || months.includes(date.getUTCMonth() + 1)),
  };
}

/** 1 February 2026, 00:00. */
const passingStart = Date.UTC(2026, 1, 1);

function randomPassing(random: (most: number) => number): { rrule: string; everyMinutes: number; fits: Fits } {
  const hourly = random(2) === 0;
  const interval = [1, 2, 5, 7, 30, 45, 90][random(hourly ? 4 : 7)]!;
  const hours = few(random, 24);
  const weekday = random(7);
  const limits: [string, Fits][] = [
    ['', () => true],
    [`;BYHOUR=${hours.join(',')}`, (date) => hours.includes(date.getUTCHours())],
    [`;BYDAY=${codes[weekday]}`, (date) => date.getUTCDay() === weekday],
    [';BYMONTHDAY=-1,1', (date) => date.getUTCDate() === 1 || date.getUTCDate() === last(date)],
    [';BYMONTH=3,11', (date) => date.getUTCMonth() === 2 || date.getUTCMonth() === 10],
  ];
  const [limit, fits] = limits[random(limits.length)]!;
  const from = (date: Date): boolean => date.getTime() >= passingStart;
  // Every minute of months is more than there is to learn from.
  const step = hourly ? interval * 60 : Math.max(5, interval);
  const text = hourly ? `FREQ=HOURLY;INTERVAL=${interval}` : `FREQ=MINUTELY;INTERVAL=${step}`;
  return {
    rrule: `DTSTART:20260201T000000\n${text}${limit}`,
    everyMinutes: step,
    fits: (date) => from(date) && fits(date),
  };
}
