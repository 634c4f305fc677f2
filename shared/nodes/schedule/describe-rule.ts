/** A recurrence rule in words: “On the last Friday of the month at 17:00, 10 times”. What has no short name in words is shown as it is written. */
import { dateOf, dayMs, weekdayOf } from '../../schedule/days.ts';
import { parseRule, type Rule } from '../../schedule/rrule/parse.ts';
import { capital, clock, dayNames, joined, months, nth, ordinals, weekdays } from './names.ts';

export function describeRule(text: string): string {
  try {
    const rule = parseRule(text);
    const words = rule.freq === 'HOURLY' || rule.freq === 'MINUTELY' ? passingInWords(rule) : calendarInWords(rule);
    if (words !== undefined) return capital(`${words}${limitsInWords(rule)}`);
  } catch {
    // What cannot be read is shown as it is; the check says what is wrong.
  }
  return `Rule ${text.replace(/\s+/g, ' ').slice(0, 80)}`;
}

function passingInWords(rule: Rule): string | undefined {
  const { byHour, byMinute, byMonthDay, bySetPos, interval, freq, start } = rule;
  if (byMonthDay.length > 0 || bySetPos.length > 0 || (freq === 'MINUTELY' && byMinute.length > 0)) return undefined;
  const unit = freq === 'HOURLY' ? 'hour' : 'minute';
  const minutes = byMinute.length > 0 ? byMinute : start === null ? [0] : [Math.floor((start / 60_000) % 60)];
  if (minutes.length > 4) return undefined;
  const at = freq === 'MINUTELY' || minutes.join() === '0' ? '' : ` at minute ${joined(minutes.map(String))}`;
  const from = byHour[0];
  const to = byHour.at(-1);
  if (from !== undefined && to !== undefined && to - from !== byHour.length - 1) return undefined;
  const hours = from === undefined || to === undefined ? '' : ` between ${clock(from, 0)} and ${clock(to, 59)}`;
  const days = rule.byDay.length === 0 ? '' : ` on every ${dayNames(rule.byDay.map(({ weekday }) => weekday))}`;
  return `${each(interval, unit)}${at}${hours}${days}${inMonths(rule)}`;
}

function calendarInWords(rule: Rule): string | undefined {
  const days = daysInWords(rule);
  const time = timesInWords(rule);
  return days === undefined || time === undefined ? undefined : `${days} ${time}`;
}

function daysInWords(rule: Rule): string | undefined {
  const { freq, interval, byDay, byMonthDay, bySetPos, start } = rule;
  const plain = bySetPos.length === 0;
  switch (freq) {
    case 'DAILY':
      if (!plain || byMonthDay.length > 0) return undefined;
      if (byDay.length === 0) return `${each(interval, 'day')}${inMonths(rule)}`;
      return interval === 1 ? `every ${dayNames(byDay.map(({ weekday }) => weekday))}${inMonths(rule)}` : undefined;
    case 'WEEKLY': {
      if (!plain || (byDay.length === 0 && start === null)) return undefined;
      const name = dayNames(
        byDay.length > 0 ? byDay.map(({ weekday }) => weekday) : [weekdayOf(Math.floor(start! / dayMs))],
      );
      if (interval === 1) return `every ${name}${inMonths(rule)}`;
      return `${interval === 2 && byDay.length < 2 ? `every second ${name}` : `${each(interval, 'week')} on ${name}`}${inMonths(rule)}`;
    }
    case 'MONTHLY': {
      const which = whichDays(rule);
      if (which === undefined) return undefined;
      return `${interval === 1 ? '' : `${each(interval, 'month')} `}on the ${which} of the month${inMonths(rule)}`;
    }
    case 'YEARLY': {
      const [month, ...others] =
        rule.byMonth.length > 0 ? rule.byMonth : start === null ? [] : [dateOf(Math.floor(start / dayMs)).month];
      const which = whichDays(rule);
      if (which === undefined || month === undefined || others.length > 0) return undefined;
      if (rule.byMonth.length === 0 && (byDay.length > 0 || byMonthDay.length > 0)) return undefined;
      return `${each(interval, 'year')} on the ${which} of ${months[month - 1]}`;
    }
    default:
      return undefined;
  }
}

/** “last Friday”, “1st and 15th”, “last weekday”: days of one month. */
function whichDays({ byDay, byMonthDay, bySetPos, start }: Rule): string | undefined {
  if (byDay.length > 0 && byMonthDay.length > 0) return undefined;
  if (bySetPos.length > 0) {
    const [place, ...others] = bySetPos;
    const name = dayNames(byDay.map(({ weekday }) => weekday));
    const plain = byDay.length > 0 && byDay.every((one) => one.nth === 0) && !name.includes(',');
    return plain && others.length === 0 ? counted(place!, name) : undefined;
  }
  if (byDay.length > 0) {
    const names = byDay.map(({ nth: place, weekday }) => counted(place, weekdays[weekday] ?? ''));
    return names.includes(undefined) ? undefined : joined(names.map(String));
  }
  if (byMonthDay.length === 0) return start === null ? undefined : nth(dateOf(Math.floor(start / dayMs)).day);
  return byMonthDay.length > 6 ? undefined : joined(byMonthDay.toSorted(lastOnesLast).map(monthDay));
}

const lastOnesLast = (a: number, b: number): number => (a < 0 ? 100 + a : a) - (b < 0 ? 100 + b : b);

function monthDay(day: number): string {
  if (day > 0) return nth(day);
  return day === -1 ? 'last day' : `${nth(-day)} last day`;
}

function counted(place: number, name: string): string | undefined {
  if (place === -1) return `last ${name}`;
  return place > 0 && ordinals[place] !== undefined ? `${ordinals[place]} ${name}` : undefined;
}

function timesInWords({ byHour, byMinute, start }: Rule): string | undefined {
  const ofStart = start === null ? 0 : ((start % dayMs) + dayMs) % dayMs;
  const hours = byHour.length > 0 ? byHour : [Math.floor(ofStart / 3_600_000)];
  const minutes = byMinute.length > 0 ? byMinute : [Math.floor((ofStart % 3_600_000) / 60_000)];
  if (hours.length * minutes.length > 4) return undefined;
  return `at ${joined(hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute))))}`;
}

function each(interval: number, unit: string): string {
  if (interval === 1) return `every ${unit}`;
  return interval === 2 ? `every second ${unit}` : `every ${interval} ${unit}s`;
}

function inMonths({ byMonth }: Rule): string {
  return byMonth.length === 0 ? '' : ` in ${joined(byMonth.map((month) => months[month - 1] ?? ''))}`;
}

function limitsInWords({ count, until }: Rule): string {
  if (count !== null) return count === 1 ? ', once' : `, ${count} times`;
  if (until === null) return '';
  const { year, month, day } = dateOf(Math.floor(('instant' in until ? until.instant : until.local) / dayMs));
  return `, until ${day} ${months[month - 1]} ${year}`;
}
