/** The words of one language. The client has one for the life of a page, the server one for each visitor of a public page. */
import type { Language } from './languages.ts';
import type { Translation } from './translation.ts';

type NotAName = `${string}${' ' | '.' | '{' | '|' | '%' | '"'}${string}` | '';

/** The placeholders of a text: `'n' | 'name'` for `{n} runs of {name}`. What Liquid writes, `{{ input }}`, is none. */
export type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends NotAName ? never : Name) | Names<Rest>
  : never;

type Given<Name extends string> = Readonly<Record<Name, string | number>>;
type Values<Text extends string> = [Names<Text>] extends [never] ? [] : [values: Given<Names<Text>>];
type PluralValues<Text extends string> = [Exclude<Names<Text>, 'n'>] extends [never]
  ? []
  : [values: Given<Exclude<Names<Text>, 'n'>>];

export interface Speaker {
  language: Language;
  /**
   * A text of the interface. The English text is written out where it is used and is the key of its translations:
   * `t('Save changes')`, `t('{name} has {n} steps', { name, n })`. Numbers are written as the language writes them.
   * The text must be a literal: a test gathers all of them.
   */
  t<const Text extends string>(this: void, text: Text, ...values: Values<Text>): string;
  /** For a text that means two things in English and not elsewhere: `tc('verb', 'Run')`, `tc('noun', 'Run')`. */
  tc<const Text extends string>(this: void, context: string, text: Text, ...values: Values<Text>): string;
  /** A text that goes by a number: `plural(n, '{n} run', '{n} runs')`. `{n}` is the number itself; other placeholders as with `t`. */
  plural<const One extends string, const Many extends string>(
    this: void,
    n: number,
    one: One,
    many: Many,
    ...values: PluralValues<One | Many>
  ): string;
  /**
   * A finished English sentence that came from elsewhere (an error of the server, a problem of the validator, the texts of a node kind) in
   * this language; as it came when it is not known.
   */
  translate(this: void, text: string): string;
  /** Words in a row: `A, B and C`. */
  listed(this: void, words: readonly string[], type?: 'conjunction' | 'disjunction'): string;
}

const placeholder = /(?<!\{)\{(\w+)\}(?!\})/g;

/** @param translationOf gives the texts, null for English. Asked each time: the client's arrive after its modules. */
export function createSpeaker(language: Language, translationOf: () => Translation | null): Speaker {
  const numbers = new Intl.NumberFormat(language);
  const rules = new Intl.PluralRules(language);

  function fill(text: string, values: Given<string> | undefined): string {
    if (values === undefined) return text;
    return text.replace(placeholder, (all, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? all);
    });
  }
  function find(key: string): string | undefined {
    const found = translationOf()?.texts[key];
    return typeof found === 'object' ? found.other : found;
  }
  function formOf(n: number, one: string, many: string): string {
    const found = translationOf()?.texts[many];
    if (found === undefined) return n === 1 ? one : many;
    return typeof found === 'string' ? found : (found[rules.select(n)] ?? found.other);
  }
  return {
    language,
    t: (text, ...[values]) => fill(find(text) ?? text, values),
    tc: (context, text, ...[values]) => fill(find(`${context}|${text}`) ?? find(text) ?? text, values),
    plural: (n, one, many, ...[values]) => fill(formOf(n, one, many), { n, ...values }),
    translate: (text) => translationOf()?.sentence(text) ?? text,
    listed: (words, type = 'conjunction') => new Intl.ListFormat(language, { type }).format(words),
  };
}
