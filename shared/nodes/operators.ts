/**
 * The comparisons of Condition and Switch. One meaning each, for values as they really arrive: numbers also as text, lists also as
 * `a, b, c`, dates as ISO text, milliseconds or Date. What cannot be compared (a word with “greater than”) is an error and not silently
 * false: a mail could go to the wrong people.
 */
import { AppError } from '../errors.ts';
import { asRecord, asText, clip } from './fields.ts';
import { compilePattern, PatternError } from './pattern.ts';

export const operators = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'greater',
  'greater_equal',
  'less',
  'less_equal',
  'is_empty',
  'is_not_empty',
  'is_true',
  'is_false',
  'before',
  'after',
  'in',
] as const;
export type Operator = (typeof operators)[number];

/** As it stands between the two sides in forms and summaries. */
export const operatorLabels: Readonly<Record<Operator, string>> = {
  equals: 'is',
  not_equals: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  matches: 'matches the pattern',
  greater: 'is greater than',
  greater_equal: 'is at least',
  less: 'is less than',
  less_equal: 'is at most',
  is_empty: 'is empty',
  is_not_empty: 'is not empty',
  is_true: 'is true',
  is_false: 'is false',
  before: 'is before',
  after: 'is after',
  in: 'is one of',
};

export const operatorOptions = operators.map((value) => ({ value, label: operatorLabels[value] }));

const unary: ReadonlySet<Operator> = new Set(['is_empty', 'is_not_empty', 'is_true', 'is_false']);
/** Operators that look at the left side only. */
export const unaryOperators = [...unary];
export const binaryOperators = operators.filter((operator) => !unary.has(operator));

export function isUnary(operator: Operator): boolean {
  return unary.has(operator);
}

export interface CompareOptions {
  /** Default false: “Yes” equals “yes”. */
  caseSensitive?: boolean;
}

/** @throws AppError `bad_request` when the two sides cannot be compared in this way. */
export function compare(left: unknown, operator: Operator, right: unknown, options: CompareOptions = {}): boolean {
  switch (operator) {
    case 'equals':
      return equal(left, right, options);
    case 'not_equals':
      return !equal(left, right, options);
    case 'contains':
      return contains(left, right, options);
    case 'not_contains':
      return !contains(left, right, options);
    case 'starts_with':
      return fold(left, options).startsWith(fold(right, options));
    case 'ends_with':
      return fold(left, options).endsWith(fold(right, options));
    case 'matches':
      return matches(asText(left), asText(right), options);
    case 'greater':
    case 'greater_equal':
    case 'less':
    case 'less_equal':
      return ordered(left, operator, right);
    case 'is_empty':
      return isEmpty(left);
    case 'is_not_empty':
      return !isEmpty(left);
    case 'is_true':
      return truth(left) === true;
    case 'is_false':
      return truth(left) !== true;
    case 'before':
    case 'after':
      return chronological(left, operator, right);
    case 'in':
      return toList(right).some((entry) => equal(left, entry, options));
  }
}

function fold(value: unknown, options: CompareOptions): string {
  const text = asText(value).trim();
  return options.caseSensitive === true ? text : text.toLowerCase();
}

/** A number, also when it arrives as text such as `12`, `-3.5` or `1e3`. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const text = value.trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : undefined;
}

const truthWords: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

function truth(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = asText(value).trim().toLowerCase();
  return Object.hasOwn(truthWords, word) ? truthWords[word] : undefined;
}

function equal(left: unknown, right: unknown, options: CompareOptions): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean') {
    const both = [truth(left), truth(right)] as const;
    return both[0] !== undefined && both[0] === both[1];
  }
  const numbers = [asNumber(left), asNumber(right)] as const;
  if (numbers[0] !== undefined && numbers[1] !== undefined) return sameNumber(left, right, numbers[0], numbers[1]);
  if (left instanceof Date || right instanceof Date) {
    const times = [asTime(left), asTime(right)] as const;
    return times[0] !== undefined && times[0] === times[1];
  }
  if (isStructure(left) && isStructure(right)) return deepEqual(left, right);
  return fold(left, options) === fold(right, options);
}

/** Two texts of digits beyond what a number holds exactly (card and order numbers) are compared as text. */
function sameNumber(left: unknown, right: unknown, a: number, b: number): boolean {
  const asTexts = typeof left === 'string' && typeof right === 'string';
  if (asTexts && Math.max(Math.abs(a), Math.abs(b)) > Number.MAX_SAFE_INTEGER) return left.trim() === right.trim();
  return a === b;
}

function isStructure(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

/** Equality of JSON values; keys in any order. Iterative: data may be nested as deep as it likes. */
function deepEqual(first: unknown, second: unknown): boolean {
  const pairs: [unknown, unknown][] = [[first, second]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [left, right] = pair;
    if (left === right) continue;
    if (!isStructure(left) || !isStructure(right) || Array.isArray(left) !== Array.isArray(right)) return false;
    const keys = Object.keys(left);
    if (keys.length !== Object.keys(right).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(right, key)) return false;
      pairs.push([(left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]]);
    }
  }
  return true;
}

function contains(left: unknown, right: unknown, options: CompareOptions): boolean {
  if (Array.isArray(left)) return left.some((entry) => equal(entry, right, options));
  const record = left instanceof Date ? undefined : asRecord(left);
  if (record !== undefined) {
    const wanted = fold(right, options);
    return Object.keys(record).some((key) => fold(key, options) === wanted);
  }
  const wanted = fold(right, options);
  // Every text contains the empty text; as a rule it can only be a value that is missing.
  return wanted !== '' && fold(left, options).includes(wanted);
}

function ordered(
  left: unknown,
  operator: 'greater' | 'greater_equal' | 'less' | 'less_equal',
  right: unknown,
): boolean {
  if (isEmpty(left) || isEmpty(right)) return false;
  const [a, b] = [needNumber(left, operator), needNumber(right, operator)];
  if (operator === 'greater') return a > b;
  if (operator === 'greater_equal') return a >= b;
  return operator === 'less' ? a < b : a <= b;
}

function needNumber(value: unknown, operator: Operator): number {
  const number = asNumber(value);
  if (number !== undefined) return number;
  throw new AppError(
    'bad_request',
    `“${clip(asText(value), 60)}” is not a number, so “${operatorLabels[operator]}” cannot be answered.`,
    {
      details: { operator },
    },
  );
}

const isoDate = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(z|[+-]\d{2}:?\d{2})?)?$/i;

/** Milliseconds since the epoch of a Date, a number of milliseconds, or ISO text; text without a zone is UTC. */
export function asTime(value: unknown): number | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) <= 8.64e15 ? value : undefined;
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const text = value.trim();
  const parts = isoDate.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = parts;
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const fraction = /\.(\d{1,3})/.exec(text)?.[1]?.padEnd(3, '0') ?? '000';
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}${offset}`);
  const exists = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number.isNaN(time) || !exists ? undefined : time;
}

function chronological(left: unknown, operator: 'before' | 'after', right: unknown): boolean {
  if (isEmpty(left) || isEmpty(right)) return false;
  const [a, b] = [needTime(left), needTime(right)];
  return operator === 'before' ? a < b : a > b;
}

function needTime(value: unknown): number {
  const time = asTime(value);
  if (time !== undefined) return time;
  throw new AppError(
    'bad_request',
    `“${clip(asText(value), 60)}” is not a date. Write dates as 2026-12-31 or 2026-12-31T18:00:00+01:00.`,
  );
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return isStructure(value) && Object.keys(value).length === 0;
}

/** A list as it is; text at its commas. */
function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isEmpty(value)
    ? []
    : asText(value)
        .split(',')
        .map((entry) => entry.trim());
}

/** @throws AppError `bad_request` naming the place in the pattern. */
function matches(text: string, source: string, options: CompareOptions): boolean {
  try {
    return compilePattern(source, options.caseSensitive !== true).test(text);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new AppError('bad_request', `The pattern “${clip(source, 60)}” cannot be used: ${error.message}.`, {
      details: { position: error.position },
    });
  }
}

/** What is wrong with a pattern that is written out in the settings, if anything. */
export function patternProblem(source: string): string | undefined {
  try {
    matches('', source, {});
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.message : String(error);
  }
}
