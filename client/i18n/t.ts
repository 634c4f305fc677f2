import { language, translation } from './language.ts';

type NotAName = `${string}${' ' | '.' | '{' | '|' | '%' | '"'}${string}` | '';

/** The placeholders of a text: `'n' | 'name'` for `{n} runs of {name}`. What Liquid writes, `{{ input }}`, is none. */
export type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends NotAName ? never : Name) | Names<Rest>
  : never;

type Values<Text extends string> = [Names<Text>] extends [never]
  ? []
  : [values: Readonly<Record<Names<Text>, string | number>>];

const placeholder = /(?<!\{)\{(\w+)\}(?!\})/g;
const numbers = new Intl.NumberFormat(language);
const rules = new Intl.PluralRules(language);

function fill(text: string, values: Readonly<Record<string, string | number>> | undefined): string {
  if (values === undefined) return text;
  return text.replace(placeholder, (all, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? numbers.format(value) : (value ?? all);
  });
}

/** The text in this page's language, or undefined. */
function find(key: string): string | undefined {
  const found = translation?.texts[key];
  return typeof found === 'object' ? found.other : found;
}

/**
 * A text of the interface. The English text is written out where it is used and is the key of its translations:
 * `t('Save changes')`, `t('{name} has {n} steps', { name, n })`. Numbers are written as the language writes them.
 * The text must be a literal: a test gathers all of them.
 */
export function t<const Text extends string>(text: Text, ...[values]: Values<Text>): string {
  return fill(find(text) ?? text, values);
}

/** For a text that means two things in English and not elsewhere: `tc('verb', 'Run')`, `tc('noun', 'Run')`. */
export function tc<const Text extends string>(context: string, text: Text, ...[values]: Values<Text>): string {
  return fill(find(`${context}|${text}`) ?? find(text) ?? text, values);
}

/** A text that goes by a number: `plural(n, '{n} run', '{n} runs')`. `{n}` is the number itself; other placeholders as with `t`. */
export function plural<const One extends string, const Many extends string>(
  n: number,
  one: One,
  many: Many,
  ...[values]: [Exclude<Names<One> | Names<Many>, 'n'>] extends [never]
    ? []
    : [values: Readonly<Record<Exclude<Names<One> | Names<Many>, 'n'>, string | number>>]
): string {
  return fill(formOf(n, one, many), { n, ...values });
}

function formOf(n: number, one: string, many: string): string {
  const found = translation?.texts[many];
  if (found === undefined) return n === 1 ? one : many;
  return typeof found === 'string' ? found : (found[rules.select(n)] ?? found.other);
}

/**
 * A finished English sentence that came from elsewhere (an error of the server, a problem of the validator, the texts of a node kind) in this
 * page's language; as it came when it is not known.
 */
export function translate(text: string): string {
  return translation?.sentence(text) ?? text;
}

/** Words in a row: `A, B and C`. */
export function listed(words: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat(language, { type }).format(words);
}
