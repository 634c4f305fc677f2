import { nextInstants, type Schedule } from './instants.ts';

/** A cron expression in UTC, unless `over` says otherwise. */
export const cron = (text: string, over: Partial<Schedule> = {}): Schedule => ({
  by: 'cron',
  cron: text,
  rrule: '',
  timezone: 'UTC',
  everyWeeks: 1,
  startDate: '',
  ...over,
});
/** A recurrence rule. */
export const rule = (rrule: string): Schedule => cron('', { by: 'rrule', rrule });

/** `from` is an instant in UTC, to the minute. */
export type Row = [what: string, schedule: Schedule, zone: string, from: string, expected: string];

/** `expected`: instants as `29 01:00`, the month only where it changes: `03-29 01:00, 30 00:30`; dots end the list. */
export function instantsOf([, schedule, zone, from, expected]: Row): { found: string[]; wanted: string[] } {
  const wanted: string[] = [];
  let prefix = '';
  for (const part of expected.split(', ')) {
    const [, year, month, rest] = /^(\d{4}-)?(\d\d-)?(\d\d \d\d:\d\d)$/.exec(part) ?? [];
    if (year !== undefined) prefix = `${year}${month}`;
    else if (month !== undefined) prefix = `${prefix.slice(0, 5)}${month}`;
    wanted.push(`${prefix}${rest}`);
  }
  const found = nextInstants({ ...schedule, timezone: zone }, new Date(`${from}Z`), wanted.length);
  return { found: found.map((instant) => instant.toISOString().slice(0, 16).replace('T', ' ')), wanted };
}

export const berlin = 'Europe/Berlin';
export const newYork = 'America/New_York';
export const lordHowe = 'Australia/Lord_Howe';
export const kolkata = 'Asia/Kolkata';
