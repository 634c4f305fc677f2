import { expect, it } from 'vitest';
import { languageOf } from './language.ts';
import { sentencesOf } from '../../shared/i18n/sentences.ts';
import { plural, t, tc } from './t.ts';

it('fills the placeholders of a text and leaves Liquid alone', () => {
  expect(t('{name} has {n} steps', { name: 'Ada', n: 1_234 })).toBe('Ada has 1,234 steps');
  expect(t('Read it as {{ input.text }}.')).toBe('Read it as {{ input.text }}.');
  expect(t('Write {{input}} or {what}', { what: 'x' })).toBe('Write {{input}} or x');
  expect(tc('verb', 'Run')).toBe('Run');
});

it.each([
  [0, '0 runs of Ada'],
  [1, 'a run of Ada'],
  [2, '2 runs of Ada'],
])('%d takes its form', (n, text) => {
  expect(plural(n, 'a run of {who}', '{n} runs of {who}', { who: 'Ada' })).toBe(text);
});

it('requires every value that a text has a place for', () => {
  // @ts-expect-error: `name` is missing
  const missing = t('Hello {name}', {});
  // @ts-expect-error: the text has no place for it
  const tooMuch = t('Hello', { name: 'Ada' });
  // @ts-expect-error: `who` is missing
  const noWho = plural(2, '{n} run of {who}', '{n} runs of {who}');
  expect([missing, tooMuch, noWho]).toEqual(['Hello {name}', 'Hello', '2 runs of {who}']);
});

it.each([
  ['auto', ['fr-FR', 'de-AT', 'en'], 'de'],
  ['auto', ['en-GB', 'de'], 'en'],
  ['auto', ['fr'], 'en'],
  ['auto', [], 'en'],
  ['de', ['en'], 'de'],
] as const)('%s with a browser that asks for %j is %s', (choice, wanted, found) => {
  expect(languageOf(choice, wanted)).toBe(found);
});

it('knows sentences word for word, then by the template that says most', () => {
  const sentence = sentencesOf(
    'de',
    {
      'Nothing here.': 'Nichts da.',
      'The {0} failed.': '{0} ist fehlgeschlagen.',
      'The step “{0}” of {1} failed.': '{1}: Der Schritt „{0}“ ist fehlgeschlagen.',
      draft: 'Entwurf',
      'At most {0} are allowed (yet).': 'Höchstens {0} sind erlaubt (noch).',
    },
    { '{n} runs': { one: '{n} Lauf', other: '{n} Läufe' } },
  );
  expect(sentence('Nothing here.')).toBe('Nichts da.');
  expect(sentence('The step “Send\nit” of X failed.')).toBe('X: Der Schritt „Send\nit“ ist fehlgeschlagen.');
  expect(sentence('The draft failed.')).toBe('Entwurf ist fehlgeschlagen.');
  expect(sentence('At most 10,000 are allowed (yet).')).toBe('Höchstens 10.000 sind erlaubt (noch).');
  expect(sentence('Who knows?')).toBeUndefined();
});
