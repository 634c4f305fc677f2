import type { Unavailable } from '../lexicon/types.ts';
import type { AiJob, MailIntent } from '../parts.ts';

/** Everything the composer says or writes itself, in one language. */
export interface Wording {
  weekdays: readonly string[];
  titles: {
    manual: string;
    webhook: string;
    form: string;
    mailTo(who: string): string;
    reminder(who: string): string;
    wait(amount: number, unit: DelayUnit): string;
    waitUntil(when: string): string;
    http(host: string): string;
    branch: string;
    set(name: string): string;
    merge: string;
    respond: string;
    stop: string;
    approval: string;
    classify: string;
    customer: string;
    me: string;
  };
  summary: {
    start(trigger: string): string;
    steps: string;
    nothing: string;
    missing(count: number): string;
  };
  approval: { question: string };
  assume: {
    manual: string;
    webhookForMail: string;
    webhook: string;
    time(time: string): string;
    weekday(name: string): string;
    weekdays(names: string): string;
    dayOfMonth(day: number): string;
    times(times: string): string;
    countsFrom(date: string): string;
    repeatsYearly: string;
    repeatsWeekly: string;
    startDate(date: string): string;
    secondTime(time: string): string;
    timezone(zone: string): string;
    formFields(fields: string): string;
    formFieldAdded(field: string): string;
    contactField(expression: string): string;
    addressMissing(who: string): string;
    text: string;
    classifyAdded(choices: string): string;
    choices(choices: string): string;
    urlMissing(words: string): string;
    webhookField(field: string): string;
    noReplyCheck: string;
    fallback: string;
    until(when: string): string;
    stepLimit(limit: number): string;
  };
  unsupported: {
    reason: Readonly<Record<Unavailable, string>>;
    brand(reason: string, brand: string): string;
    suggestion: Partial<Record<Unavailable, string>>;
    unmapped: string;
    unmappedSuggestion: string;
    secondTrigger: string;
  };
  ai: {
    system: Readonly<Record<AiJob, string>>;
    task: string;
    data: string;
    scoreField(range: string): string;
    categoryField: string;
    reasonField: string;
    extractField(label: string): string;
    yesNoField(question: string): string;
    other: string;
  };
  form: { title: string; submit: string; thanks: string; name: string; email: string; message: string };
  mails: Readonly<Record<MailIntent, { subject: string; text: string }>>;
}

export type DelayUnit = 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks';
