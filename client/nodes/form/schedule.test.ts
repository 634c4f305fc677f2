import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { cronOf, shapeOf } from './schedule.ts';

describe('a schedule in words and as cron', () => {
  it.each([
    ['*/15 * * * *', { kind: 'minutes', every: 15 }],
    ['5 * * * *', { kind: 'hourly', minute: 5 }],
    ['30 9 * * *', { kind: 'daily', hour: 9, minute: 30 }],
    ['0 9 * * 1-5', { kind: 'weekdays', hour: 9, minute: 0 }],
    ['0 9 * * 1', { kind: 'weekly', hour: 9, minute: 0, weekday: 1 }],
    ['0 9 * * 2#2', { kind: 'nth', hour: 9, minute: 0, weekday: 2, nth: '2' }],
    ['0 9 * * 5#L', { kind: 'nth', hour: 9, minute: 0, weekday: 5, nth: 'L' }],
    ['0 9 1 * *', { kind: 'monthly', hour: 9, minute: 0, day: 1 }],
  ] as const)('%s', (cron, shape) => {
    expect(shapeOf(cron)).toEqual(shape);
    expect(cronOf(shape, '')).toBe(cron);
    expect(new Cron(cron, { paused: true }).nextRun()).toBeInstanceOf(Date);
  });

  it.each(['0 9 * 1 *', '0 9,12 * * *', '0 0 9 * * *', 'nonsense', '', '0 9 L * *', '0 9 1 * 1'])(
    '%j stays as it is',
    (cron) => {
      expect(shapeOf(cron)).toEqual({ kind: 'custom' });
      expect(cronOf({ kind: 'custom' }, cron)).toBe(cron);
    },
  );
});
