import { beforeAll, expect, it } from 'vitest';
import { german, parts } from './german.ts';
import { rawTexts } from './raw-texts.ts';
import { root, wantedTexts, type Found } from './texts.ts';

let wanted: Awaited<ReturnType<typeof wantedTexts>>;
beforeAll(async () => {
  wanted = await wantedTexts();
});

const placeholders = (text: string): string[] =>
  [...text.matchAll(/(?<!\{)\{\w+\}(?!\})|<\/?\w+>/g)].map(([name]) => name).toSorted();

function formsOf(entry: string | { readonly [form: string]: string }): string[] {
  return typeof entry === 'string' ? [entry] : Object.values(entry);
}

it('every text of the interface is written out where it is used', () => {
  expect(wanted.problems).toEqual([]);
});

it.each(parts)('German has every text of the %s', (part) => {
  const found: Found = wanted[part];
  expect(found.size).toBeGreaterThan(part === 'pages' ? 10 : 100);
  const missing = [...found]
    .filter(([text]) => !Object.hasOwn(german[part], text))
    .map(([text, at]) => `${at} ${text}`);
  expect(missing).toEqual([]);
});

it.each(parts)('no German text of the %s is there in vain', (part) => {
  const unused = Object.keys(german[part]).filter((text) => !wanted[part].has(text));
  expect(unused).toEqual([]);
});

it.each(parts)('the places in the German %s are those of the English', (part) => {
  const wrong = Object.entries(german[part]).flatMap(([english, entry]) =>
    formsOf(entry)
      .filter((text) => {
        const [own, needed] = [placeholders(text), placeholders(english)];
        // “Ein Lauf” needs no number; nothing else may be left out, and nothing may be new.
        return own.join() !== needed.join() && !(typeof entry === 'object' && own.every((one) => needed.includes(one)));
      })
      .map((text) => `${english} → ${text}`),
  );
  expect(wrong).toEqual([]);
});

it('no text stands in the interface without being looked up', () => {
  expect(rawTexts(root)).toEqual([]);
});
