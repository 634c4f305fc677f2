/**
 * Schedules in German. `shared/nodes/schedule` puts them together out of phrases (“every second Tuesday”, “in May”, “at 09:00”), far more than
 * could be listed, so each phrase is said by itself; German keeps them in the same order.
 */
const words: Readonly<Record<string, string>> = {
  Monday: 'Montag',
  Tuesday: 'Dienstag',
  Wednesday: 'Mittwoch',
  Thursday: 'Donnerstag',
  Friday: 'Freitag',
  Saturday: 'Samstag',
  Sunday: 'Sonntag',
  weekday: 'Werktag',
  January: 'Januar',
  February: 'Februar',
  March: 'März',
  May: 'Mai',
  June: 'Juni',
  July: 'Juli',
  October: 'Oktober',
  December: 'Dezember',
  first: 'ersten',
  second: 'zweiten',
  third: 'dritten',
  fourth: 'vierten',
  fifth: 'fünften',
  last: 'letzten',
  day: 'Tag',
  and: 'und',
};

interface Unit {
  one: string;
  second: string;
  many: string;
}
const units: Readonly<Record<string, Unit>> = {
  minute: { one: 'jede Minute', second: 'jede zweite Minute', many: 'Minuten' },
  hour: { one: 'jede Stunde', second: 'jede zweite Stunde', many: 'Stunden' },
  day: { one: 'jeden Tag', second: 'jeden zweiten Tag', many: 'Tage' },
  week: { one: 'jede Woche', second: 'jede zweite Woche', many: 'Wochen' },
  month: { one: 'jeden Monat', second: 'jeden zweiten Monat', many: 'Monate' },
  year: { one: 'jedes Jahr', second: 'jedes zweite Jahr', many: 'Jahre' },
};

const fromTheEnd: Readonly<Record<string, string>> = { 2: 'vorletzten', 3: 'drittletzten', 4: 'viertletzten' };

/** Names and numbers of days, word by word: “1st, 15th and last day”. */
function named(text: string): string {
  return text
    .replace(/(\d+)(?:st|nd|rd|th) last day/g, (_all, n: string) => `${fromTheEnd[n] ?? `${n}.-letzten`} Tag`)
    .replace(/(\d+)(?:st|nd|rd|th)/g, '$1.')
    .replace(/[A-Za-z]+/g, (word) => words[word] ?? word);
}

const list = (one: string): string => `${one}(?:(?:, ${one})* and ${one})?`;
const weekday = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const days = `(?:weekday|${list(weekday)})`;
const month = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const ofMonth = list(
  String.raw`(?:\d+(?:st|nd|rd|th)(?: last day)?|last day|(?:first|second|third|fourth|fifth|last) ${days})`,
);
const clock = String.raw`\d\d:\d\d`;
const unit = `(${Object.keys(units).join('|')})`;

/** The first that fits is taken, so the longer stand before the shorter. */
const phrases: readonly [RegExp, (...groups: string[]) => string][] = (
  [
    ['(?:on )?every day of every second week', () => 'jeden Tag jeder zweiten Woche'],
    [String.raw`(?:on )?every day of every (\d+) weeks`, (n) => `jeden Tag jeder ${n}. Woche`],
    [String.raw`on (${days}) every (\d+) weeks`, (on, n) => `alle ${n} Wochen am ${named(on)}`],
    [`(?:on )?every second (${days})`, (on) => `jeden zweiten ${named(on)}`],
    [`(?:on )?every (${days})`, (on) => `jeden ${named(on)}`],
    [`every second ${unit}`, (name) => units[name]?.second ?? name],
    [String.raw`every (\d+) ${unit}s`, (n, name) => `alle ${n} ${units[name]?.many ?? name}`],
    [`every ${unit}`, (name) => units[name]?.one ?? name],
    [`on the (${ofMonth}) of the month`, (which) => `am ${named(which)} des Monats`],
    [String.raw`on the (\d+)(?:st|nd|rd|th) of (${month})`, (day, of) => `am ${day}. ${named(of)}`],
    [`on the (${ofMonth}) of (${month})`, (which, of) => `am ${named(which)} im ${named(of)}`],
    [`on (${days})`, (on) => `am ${named(on)}`],
    [`in (${list(month)})`, (which) => `im ${named(which)}`],
    [String.raw`at minute (${list(String.raw`\d+`)})`, (which) => `bei Minute ${named(which)}`],
    [`at (${list(clock)})`, (which) => `um ${named(which)}`],
    [`from (${clock}) to (${clock})`, (from, to) => `von ${from} bis ${to}`],
    [`between (${clock}) and (${clock})`, (from, to) => `zwischen ${from} und ${to}`],
  ] as const satisfies readonly [string, (...groups: [string, string]) => string][]
).map(([pattern, say]) => [new RegExp(`^${pattern}(?= |$)`), say as (...groups: string[]) => string]);

const limits: readonly [RegExp, (...groups: string[]) => string][] = [
  [/, once$/, () => ', einmal'],
  [/, (\d+) times$/, (n = '') => `, ${n}-mal`],
  [/, until (\d+) (\w+) (\d+)$/, (day = '', of = '', year = '') => `, bis ${day}. ${named(of)} ${year}`],
];

/** A schedule in German, from its English words; undefined for anything that is no schedule. */
export function scheduleInGerman(text: string): string | undefined {
  // The time zone is the last of it, and is called the same in every language.
  const [, said = '', zone = ''] = /^(.+), ([\w+-]+(?:\/[\w+-]+)*)$/s.exec(text) ?? [];
  if (said.startsWith('Rule ')) return `Regel ${said.slice(5)}, ${zone}`;
  let limit = '';
  let rest = said.charAt(0).toLowerCase() + said.slice(1);
  for (const [pattern, say] of limits) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    limit = say(...match.slice(1));
    rest = rest.slice(0, match.index);
  }
  const spoken: string[] = [];
  while (rest !== '') {
    const found = firstOf(rest);
    if (found === undefined) return undefined;
    spoken.push(found.text);
    rest = rest.slice(found.length).trimStart();
  }
  const all = spoken.join(' ');
  return all === '' ? undefined : `${all.charAt(0).toUpperCase()}${all.slice(1)}${limit}, ${zone}`;
}

function firstOf(text: string): { text: string; length: number } | undefined {
  for (const [pattern, say] of phrases) {
    const match = pattern.exec(text);
    if (match !== null) return { text: say(...match.slice(1)), length: match[0].length };
  }
  return undefined;
}
