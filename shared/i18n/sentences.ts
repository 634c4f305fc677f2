import type { Texts } from './translation.ts';

/** Finished sentences by their English; `{0}`, `{1}` … stand for what was put into them, in the order of the English. */
export type Sentences = Readonly<Record<string, string>>;

interface Template {
  key: string;
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
    .map(([key, text]) => ({ key, pattern: patternOf(key), weight: key.replace(gap, '').length, text }))
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
  /** A name in quotation marks is somebody's own; anything else may be a word or a list of words that is known. */
  function inside(value: string, before: string): string {
    if (before.endsWith('“')) return value;
    const own = exact(value) ?? listOf(value);
    if (own !== undefined) return own;
    return /^\d{1,3}(?:,\d{3})+$/.test(value) ? Number(value.replaceAll(',', '')).toLocaleString(locale) : value;
  }
  function listOf(value: string): string | undefined {
    if (!value.includes(' and ')) return undefined;
    const words = value.split(/, | and /).map(exact);
    return words.every((word) => word !== undefined)
      ? new Intl.ListFormat(locale, { type: 'conjunction' }).format(words)
      : undefined;
  }
  function byTemplate(text: string): string | undefined {
    templates ??= templatesOf(sentences);
    for (const template of templates) {
      const match = template.pattern.exec(text);
      if (match !== null) return filled(template, match);
    }
    return undefined;
  }
  function filled({ key, text }: Template, match: RegExpExecArray): string {
    const before = key.split(gap);
    return text.replace(gap, (_all, index: string) =>
      inside(match[Number(index) + 1] ?? '', before[Number(index) * 2] ?? ''),
    );
  }
  return (text) => {
    if (known.has(text)) return known.get(text);
    const found = exact(text) ?? byTemplate(text);
    if (known.size > kept) known.clear();
    known.set(text, found);
    return found;
  };
}
