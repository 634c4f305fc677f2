import type { Texts } from './translation.ts';

/** Finished sentences by their English; `{0}`, `{1}` … stand for what was put into them, in the order of the English. */
export type Sentences = Readonly<Record<string, string>>;

interface Template {
  pattern: RegExp;
  /** How many characters are fixed. */
  weight: number;
  text: string;
}

const gap = /\{(\d+)\}/g;
const kept = 2_000;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function patternOf(key: string): RegExp {
  const pieces = key.split(gap).map((piece, at) => (at % 2 === 1 ? '(.*?)' : escape(piece)));
  return new RegExp(`^${pieces.join('')}$`, 's');
}

/** The templates, the most telling first: `The list {0} is empty.` is tried before `The {0}`. */
function templatesOf(sentences: Sentences): Template[] {
  return Object.entries(sentences)
    .filter(([key]) => /\{\d+\}/.test(key))
    .map(([key, text]) => ({ pattern: patternOf(key), weight: key.replace(gap, '').length, text }))
    .toSorted((a, b) => b.weight - a.weight);
}

/**
 * Looks finished sentences up: errors of the server, problems of the validator, what a step says about itself. Word for word first, then by
 * template. What stands in a gap of a template is looked up word for word: a name stays as it is, a fixed word is translated.
 */
export function sentencesOf(locale: string, sentences: Sentences, texts: Texts): (text: string) => string | undefined {
  let templates: Template[] | undefined;
  const known = new Map<string, string | undefined>();

  function exact(text: string): string | undefined {
    const own = sentences[text] ?? texts[text];
    return typeof own === 'object' ? own.other : own;
  }
  function inside(value: string): string {
    const own = exact(value);
    if (own !== undefined) return own;
    return /^\d{1,3}(?:,\d{3})+$/.test(value) ? Number(value.replaceAll(',', '')).toLocaleString(locale) : value;
  }
  function byTemplate(text: string): string | undefined {
    templates ??= templatesOf(sentences);
    for (const template of templates) {
      const match = template.pattern.exec(text);
      if (match) return template.text.replace(gap, (_all, index: string) => inside(match[Number(index) + 1] ?? ''));
    }
    return undefined;
  }
  return (text) => {
    if (known.has(text)) return known.get(text);
    const found = exact(text) ?? byTemplate(text);
    if (known.size > kept) known.clear();
    known.set(text, found);
    return found;
  };
}
