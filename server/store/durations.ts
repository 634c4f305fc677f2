/**
 * How runs are counted for the dashboard. Durations are told by classes, eight to a doubling: class c stands for 2^(c/8) − 1 milliseconds, and
 * is off by 4.5 % at most. Classes can be added up over any stretch of time, which percentiles cannot.
 */
const perDoubling = 8;

/** SQL: the quarter of an hour in which an instant is. Every time zone's days are made of such. */
export const quarterOf = (instant: string): string => `date_bin('15 minutes', ${instant}, 'epoch')`;

/** SQL: the class of the time between two instants. */
export const durationClassOf = (from: string, to: string): string =>
  `round(${perDoubling} * ln(greatest(0, extract(epoch FROM ${to} - ${from})::float8 * 1000) + 1) / ln(2::float8))::smallint`;

/** The milliseconds for which a class stands. */
export const durationOfClass = (durationClass: number): number => Math.round(2 ** (durationClass / perDoubling) - 1);

/** The duration that a share of all (0.95: 95 %) does not exceed, in milliseconds; null of nothing. `counts` by class. */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const classes = [...counts].toSorted(([one], [other]) => one - other);
  const wanted = share * classes.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [durationClass, count] of classes) {
    seen += count;
    if (count > 0 && seen >= wanted) return durationOfClass(durationClass);
  }
  return null;
}
