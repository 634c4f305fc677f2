/** Half-open character range of a text. */
export interface Span {
  start: number;
  end: number;
}

const simple: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '‚': "'",
  '´': "'",
  '–': '-',
  '—': '-',
  '…': '.',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\t': ' ',
  '\r': ' ',
  œ: 'o',
};

/** Lower case without accents, one code unit for one code unit. */
export function fold(text: string): string {
  let out = '';
  for (const char of text) {
    const mapped = simple[char] ?? char.toLowerCase();
    const base = mapped.length === 1 && mapped > '\u007f' ? (mapped.normalize('NFD')[0] ?? mapped) : mapped;
    out += base.length === char.length ? base : char;
  }
  return out;
}

/** Source of a pattern that matches any of the words as whole words. */
export function anyOf(words: readonly string[]): string {
  return `(?:${words.join('|')})`;
}
