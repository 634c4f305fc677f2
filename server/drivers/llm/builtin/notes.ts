/** Guesses and leftovers → sentences for the person. */
import type { UnsupportedPart } from '../../../../shared/workflow/composition.ts';
import type { Leftover } from './parts.ts';
import type { ScheduleReading } from '../../../../shared/schedule/words/read.ts';
import { shorten } from './text.ts';
import type { Wording } from './wording/types.ts';

export function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export function scheduleNotes(reading: ScheduleReading, wording: Wording): string[] {
  const { assume, weekdays } = wording;
  const name = (day: number): string => weekdays[day] ?? '';
  const notes = reading.guesses.map((guess) => {
    switch (guess.about) {
      case 'time':
        return assume.time(clock(guess.minutes));
      case 'second_time':
        return assume.secondTime(clock(guess.minutes));
      case 'weekday':
        return assume.weekday(name(guess.weekday));
      case 'weekdays':
        return assume.weekdays(guess.weekdays.map(name).join(', '));
      case 'day_of_month':
        return assume.dayOfMonth(guess.day);
      case 'times':
        return assume.times(guess.hours.map((hour) => clock(hour * 60)).join(', '));
      case 'counts_from':
        return assume.countsFrom(guess.date);
      case 'repeats_yearly':
        return assume.repeatsYearly;
      case 'repeats_weekly':
        return assume.repeatsWeekly;
      case 'start_date':
        return assume.startDate(guess.date);
    }
  });
  return [...notes, assume.timezone(reading.timezone)];
}

/** Each missing part once, in the person's words. */
export function unsupportedOf(leftovers: readonly Leftover[], wording: Wording): UnsupportedPart[] {
  const parts = new Map<string, UnsupportedPart>();
  for (const { text, ability, brand, trigger } of leftovers) {
    const words = shorten(text, 300);
    if (words === '' || parts.has(words)) continue;
    parts.set(words, { text: words, ...explain(ability, brand, trigger ?? false, wording) });
  }
  return [...parts.values()].slice(0, 50);
}

function explain(
  ability: Leftover['ability'],
  brand: string | undefined,
  trigger: boolean,
  wording: Wording,
): Omit<UnsupportedPart, 'text'> {
  const { unsupported } = wording;
  if (trigger) return { reason: unsupported.secondTrigger };
  if (ability === undefined) return { reason: unsupported.unmapped, suggestion: unsupported.unmappedSuggestion };
  const reason = unsupported.reason[ability];
  const suggestion = unsupported.suggestion[ability];
  return {
    reason: brand === undefined ? reason : unsupported.brand(reason, brand),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
