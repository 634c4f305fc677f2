/** The middle value; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** The median of each numeric property over all rows; null where the first row has null. Other properties are those of the first row. */
export function mediansOf<T extends object>(rows: readonly T[]): T {
  const first = rows[0];
  if (first === undefined) throw new Error('medians of nothing');
  const keys = Object.keys(first) as (keyof T)[];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      typeof first[key] === 'number' ? median(rows.map((row) => row[key] as number)) : first[key],
    ]),
  ) as T;
}
