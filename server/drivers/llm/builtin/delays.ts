import type { Lexicon } from './lexicon/types.ts';
import type { Unit } from '../../../../shared/schedule/words/types.ts';
import { anyOf } from '../../../../shared/schedule/words/text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import { numberOf, numberSource, wholeWords } from '../../../../shared/schedule/words/times.ts';

export interface Delay {
  amount: number;
  unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks';
  span: Span;
}

const compiled = new WeakMap<Lexicon, RegExp[]>();

function patternsOf(lexicon: Lexicon): RegExp[] {
  const known = compiled.get(lexicon);
  if (known) return known;
  const number = `(?<num>${numberSource(lexicon.schedule)})`;
  const unit = `(?<unit>${anyOf(Object.values(lexicon.schedule.units))}|sec(?:ond)?s?|sekunden?|secondes?|segundos?)`;
  const made = lexicon.nouns.delays.map((source) =>
    wholeWords(source.replace('<num>', number).replace('<unit>', unit), ''),
  );
  compiled.set(lexicon, made);
  return made;
}

/** The first delay of a folded clause. Months and longer become days. */
export function findDelay(clause: string, lexicon: Lexicon): Delay | undefined {
  for (const pattern of patternsOf(lexicon)) {
    const match = pattern.exec(clause);
    if (!match?.groups) continue;
    const span = { start: match.index, end: match.index + match[0].length };
    const next = match.groups.nextday ?? match.groups.dayafter;
    if (next !== undefined) return { ...inUnits(1, unitOf(next, lexicon) ?? 'day'), span };
    const amount = numberOf(match.groups.num ?? '', lexicon.schedule);
    if (amount === undefined || amount < 1) continue;
    const unit = match.groups.unit ?? '';
    if (/^se[ckg]/.test(unit) && unitOf(unit, lexicon) === undefined) return { amount, unit: 'seconds', span };
    return { ...inUnits(amount, unitOf(unit, lexicon) ?? 'day'), span };
  }
  return undefined;
}

function unitOf(text: string, lexicon: Lexicon): Unit | undefined {
  const entry = Object.entries(lexicon.schedule.units).find(([, source]) => new RegExp(`^(?:${source})$`).test(text));
  return entry?.[0] as Unit | undefined;
}

function inUnits(amount: number, unit: Unit): Pick<Delay, 'amount' | 'unit'> {
  switch (unit) {
    case 'minute':
      return { amount, unit: 'minutes' };
    case 'hour':
      return { amount, unit: 'hours' };
    case 'day':
      return { amount, unit: 'days' };
    case 'week':
      return { amount, unit: 'weeks' };
    case 'month':
      return { amount: amount * 30, unit: 'days' };
    case 'quarter':
      return { amount: amount * 91, unit: 'days' };
    case 'year':
      return { amount: amount * 365, unit: 'days' };
  }
}
