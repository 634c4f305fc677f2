/**
 * What the reader of schedules knows about one language: data only. Strings are sources of regular expressions over folded text (lower case, no
 * accents, see text.ts), matched as whole words, and must stay linear: no nested repeats, and every gap bounded.
 */

/** Placeholders in patterns: `<wd>` weekday, `<wds>` list of weekdays, `<wd2>` second weekday, `<num>` number, `<ord>` ordinal, `<unit>`, `<month>`, `<dom>` day of the month, `<doms>` list of those. */
export interface ScheduleWords {
  /** Sunday first. */
  weekdays: readonly string[];
  /** January first. */
  months: readonly string[];
  numbers: Readonly<Record<string, number>>;
  /** -1 is the last. */
  ordinals: Readonly<Record<string, number>>;
  units: Readonly<Record<Unit, string>>;
  /** Between the parts of a list. */
  and: string;
  /** First match wins: the most specific comes first. */
  recurrences: readonly [RecurrenceRule, string][];
  /** Groups `h`, `m`, `mer` (am or pm words). Without `h`, `at` is the time. */
  times: readonly TimePattern[];
  /** Words after an hour that add twelve (`pm`) or keep it (`am`). */
  pm: string;
  am: string;
  /** `between 9 and 17`: groups `from`, `to`. */
  window: string;
  /** In front of months that a schedule is limited to: `in July`; and around a range of them: `from June to August`. */
  inMonths: string;
  monthsFrom: string;
  monthsTo: string;
  /** Name of a city or zone: group `city`. */
  zone: readonly string[];
  /** Weekday words that mean every week by their form (`Mondays`, `montags`), Sunday first. */
  plurals?: readonly string[];
  /** `once`, `twice`, `three times`: word source → count. `\\d` stands for a number in front. */
  times_words: Readonly<Record<string, number>>;
  /** What makes `3` into `3 times`. */
  times_suffix: string;
  /** Adverbs after a count: `zweimal täglich`. */
  adverbs: Readonly<Record<string, Unit>>;
  /** Parts of the day that mean daily after `every`. */
  partday: string;
  /** What follows a day number: `15th`, `15.`, `1er`. */
  domSuffix: string;
}

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

export type RecurrenceRule =
  | 'ordinal_weekday'
  | 'every_other_weekday'
  | 'every_n_weeks_on'
  | 'weekday_range'
  | 'weekdays'
  | 'workdays'
  | 'weekend'
  | 'first_workday'
  | 'last_workday'
  | 'quarter_start'
  | 'quarter_end'
  | 'year_start'
  | 'year_end'
  | 'first_day'
  | 'last_day'
  | 'days_of_month'
  | 'mid_month'
  | 'yearly_date'
  | 'times_per'
  | 'every_other_unit'
  | 'every_n_unit'
  | 'half_hours'
  | 'quarter_hours'
  | 'every_unit'
  | 'adverb_hour'
  | 'adverb_day'
  | 'adverb_week'
  | 'adverb_two_weeks'
  | 'adverb_month'
  | 'adverb_quarter'
  | 'adverb_year'
  | 'tomorrow'
  | 'next_weekday'
  | 'date';

export interface TimePattern {
  source: string;
  /** Minutes since midnight, for words such as noon. */
  at?: number;
  /** Added to the hour that was read: `half past` +30, German `halb` -30. */
  shift?: number;
  /** A part of the day without a clock: used only when no clock is given, and said as an assumption. */
  vague?: boolean;
}
