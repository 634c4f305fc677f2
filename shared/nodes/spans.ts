/** Lengths of time as a person sets them: an amount and a unit. */
export const spanUnits = ['seconds', 'minutes', 'hours', 'days', 'weeks'] as const;
export type SpanUnit = (typeof spanUnits)[number];

export const spanLabels = {
  seconds: 'Seconds',
  minutes: 'Minutes',
  hours: 'Hours',
  days: 'Days',
  weeks: 'Weeks',
} as const;

const unitMs = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000, weeks: 604_800_000 } as const;

/** Two years. A run that waits longer is a mistake in nearly every case. */
export const longestSpanMs = 2 * 366 * unitMs.days;

export function spanMs(amount: number, unit: SpanUnit): number {
  return amount * unitMs[unit];
}

/** Such as “1 day” and “3 hours”. */
export function spanInWords(amount: number, unit: SpanUnit): string {
  return amount === 1 ? `1 ${unit.slice(0, -1)}` : `${amount} ${unit}`;
}

/** An instant (milliseconds) to the minute, such as “2026-12-24 17:00 UTC”. */
export function instantInWords(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
