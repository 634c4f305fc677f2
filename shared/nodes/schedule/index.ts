import { z } from 'zod';
import { defineNode, outPort } from '../contract.ts';
import { choiceField, field, plainField } from '../fields.ts';
import { describeSchedule } from './describe.ts';
import { nextInstants, scheduledOutput, scheduleProblems } from './instants.ts';

const whenCron = { field: 'by', in: ['cron'] } as const;

export const config = z.object({
  cron: plainField({
    title: 'When',
    widget: 'schedule',
    max: 200,
    default: '0 9 * * 1-5',
    placeholder: '0 9 * * 1-5',
    description:
      'Cron: minute hour day month weekday. “2#2” is the second Tuesday of a month, “L” its last day, “5#L” its last Friday.',
  }),
  by: choiceField(['cron', 'rrule'], 'cron', {
    title: 'Written as',
    labels: { cron: 'Cron', rrule: 'Rule' },
    hidden: true,
    description: 'Which of the two counts: `cron` or `rrule`.',
  }),
  rrule: plainField({
    title: 'Rule',
    max: 500,
    hidden: true,
    description:
      'A recurrence rule of RFC 5545, such as FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=17, and before it, on a line of its own, DTSTART:20261231T090000 where it ' +
      'counts from a day. Hours and minutes are counted as they pass, days and more on the calendar.',
  }),
  timezone: plainField({ title: 'Time zone', max: 100, default: 'UTC', placeholder: 'Europe/Berlin' }),
  everyWeeks: field(z.int().min(1).max(52).default(1), {
    title: 'Every … weeks',
    widget: 'number',
    showWhen: whenCron,
    description: '2 is every other week, counted from the week of the start date.',
  }),
  startDate: field(
    z
      .string()
      .regex(/^(?:\d{4}-\d{2}-\d{2})?$/, 'write the date as 2026-12-31')
      .default(''),
    {
      title: 'Start date',
      widget: 'datetime',
      showWhen: whenCron,
      placeholder: '2026-12-31',
      description: 'It does not fire before this day. Empty: at once.',
    },
  ),
  missed: choiceField(['none', 'one', 'all'], 'one', {
    title: 'Times missed while the server was off',
    labels: { none: 'Skip', one: 'Make up the last', all: 'Make up all' },
    advanced: true,
  }),
});

export const node = defineNode({
  kind: 'schedule',
  version: 1,
  group: 'trigger',
  icon: 'calendar-clock',
  trigger: 'schedule',
  texts: {
    title: 'Schedule',
    description: 'Starts at fixed times',
    help:
      'Starts the workflow by the clock: every weekday at 9, every second Tuesday, the last day of the month. Times are local to the zone, also when clocks ' +
      'change. {{ trigger.date }}, {{ trigger.time }} and {{ trigger.weekday }} tell which time it was.',
  },
  config,
  ports: { in: [], out: [outPort] },
  effect: 'none',
  summary: describeSchedule,
  check: scheduleProblems,
  sample: (settings) =>
    scheduledOutput(
      settings,
      nextInstants(settings, new Date(Date.UTC(2026, 0, 1)), 1)[0] ?? new Date(Date.UTC(2026, 0, 1, 9)),
    ),
  preview(settings, { now }) {
    const [next] = nextInstants(settings, now, 1);
    if (next === undefined) return { summary: 'Never starts: no such time' };
    const output = scheduledOutput(settings, next);
    return {
      summary: `Starts next on ${output.weekday}, ${output.date} at ${output.time} (${output.timezone})`,
      output,
    };
  },
});
