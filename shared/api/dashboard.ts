import { z } from 'zod';
import { route, uuid } from './common.ts';

const day = z.iso.date();

/** Days shown at once, at most. */
export const mostDays = 366;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}

/** Days of a calendar: `to` is in it. The time zone, by its IANA name, says when they begin and end. */
const slice = z.object({
  from: day,
  to: day,
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'There is no such time zone. Use an IANA name such as Europe/Berlin.'),
  workflowId: uuid.optional(),
});
const isOrdered = ({ from, to }: { from: string; to: string }): boolean =>
  daysBetween(from, to) >= 1 && daysBetween(from, to) <= mostDays;
const orderError = { error: `From 1 to ${mostDays} days, the last one not before the first.`, path: ['to'] };

/** Runs count on the day on which they began, mails and AI on that on which they took place. Costs are micro-credits. */
const figures = {
  runs: z.int(),
  done: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  /** Under way. */
  open: z.int(),
  /** What 95 of 100 ended runs did not exceed from start to end, waits included; milliseconds, to about 5 %. Null of none. */
  p95Ms: z.number().nullable(),
  mails: z.int(),
  costMicro: z.int(),
};
export const figuresSchema = z.object(figures);
export type Figures = z.infer<typeof figuresSchema>;

export const dashboardSchema = z.object({
  /** Every day of the range, in order. */
  days: z.array(z.object({ day, ...figures })),
  total: figuresSchema,
  /** As many days before. */
  before: figuresSchema,
  /** Those with anything to show, the most runs first. */
  workflows: z.array(
    z.object({
      /** Null: what belongs to none, such as previews and what the assistant wrote. */
      workflowId: uuid.nullable(),
      /** Null when it has been deleted. */
      name: z.string().nullable(),
      ...figures,
    }),
  ),
  /** What each provider's models cost, the dearest first; `days` as above. The built-in engine is free and not counted. */
  providers: z.array(
    z.object({ provider: z.string(), label: z.string(), calls: z.int(), costMicro: z.int(), days: z.array(z.int()) }),
  ),
  /** Credits left. */
  availableMicro: z.int(),
});
export type Dashboard = z.infer<typeof dashboardSchema>;

export const dashboard = {
  get: route
    .route({ method: 'GET', path: '/dashboard', tags: ['Dashboard'], summary: 'Figures of a workspace by day' })
    .input(slice.refine(isOrdered, orderError))
    .output(dashboardSchema),
  /** CSV as RFC 4180 has it, in UTF-8. A text that a spreadsheet would take for a formula begins with an apostrophe. */
  export: route
    .route({ method: 'GET', path: '/dashboard/export', tags: ['Dashboard'], summary: 'The same figures as CSV' })
    .input(slice.extend({ table: z.enum(['days', 'workflows', 'ai']).default('days') }).refine(isOrdered, orderError))
    .output(z.file()),
};
