/** Names of days and times, for schedules in words. */
export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
export const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth'];

/** Weekdays by their numbers, 0 is Sunday: “weekday” for Monday to Friday. */
export function dayNames(days: readonly number[]): string {
  const key = [...days].sort((a, b) => a - b).join('');
  if (key === '12345') return 'weekday';
  if (key === '06') return 'Saturday and Sunday';
  return joined([...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((number) => weekdays[number] ?? ''));
}

export function nth(number: number): string {
  const suffix = [11, 12, 13].includes(number) ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${suffix}`;
}

export function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export function joined(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
