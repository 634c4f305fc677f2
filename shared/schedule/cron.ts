import { Cron } from 'croner';
import type { LocalTimes } from './local-times.ts';

/** The times of a cron expression of five parts. Throws when it is none. */
export function cronTimes(expression: string): LocalTimes {
  // croner reads it as if clocks never changed; what they do is decided in one place, for rules as well.
  const cron = new Cron(expression, { utcOffset: 0, mode: '5-part', paused: true });
  return {
    next: (local) => cron.nextRun(new Date(local))?.getTime() ?? null,
    everyPass: namesNoHour(expression.trim().split(/\s+/)[1] ?? ''),
  };
}

function namesNoHour(hours: string): boolean {
  return /^(?:\*(?:\/1)?|\?|0-23)$/.test(hours);
}
