import { plural, t, translate } from '../../i18n/t.ts';

/** The server starts no more in one call. */
export const mostAtOnce = 1_000;

const dayMs = 86_400_000;

export type Range = 'day' | 'week' | 'month' | 'all';

export const ranges: readonly { value: Range; label: string; days: number | null }[] = [
  { value: 'day', label: t('the last 24 hours'), days: 1 },
  { value: 'week', label: t('the last 7 days'), days: 7 },
  { value: 'month', label: t('the last 30 days'), days: 30 },
  { value: 'all', label: t('all time'), days: null },
];

/** The instant a range begins, or undefined for all time. */
export function sinceOf(range: Range, now: number): string | undefined {
  const days = ranges.find(({ value }) => value === range)?.days ?? null;
  return days === null ? undefined : new Date(now - days * dayMs).toISOString();
}

/** "12 runs were started again. 2 were not: The workflow has a loop." */
export function resultInWords(result: {
  started: number;
  refused: number;
  reasons: readonly { message: string; count: number }[];
}): string {
  const { started, refused, reasons } = result;
  const first = plural(started, 'One run was started again.', '{n} runs were started again.');
  if (refused === 0) return first;
  const why = reasons
    .map(({ message, count }) => (reasons.length === 1 ? translate(message) : `${translate(message)} (${count})`))
    .join(' ');
  return `${first} ${plural(refused, 'One was not:', '{n} were not:')} ${why}`;
}
