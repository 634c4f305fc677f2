/** Drafts polite mails from templates. Says only what the instruction and the data say. */
import { fold } from '../../../../../shared/schedule/words/text.ts';
import type { Language } from '../language.ts';
import { lexicons } from '../lexicon/index.ts';
import type { MailIntent } from '../parts.ts';
import { wholeWords } from '../../../../../shared/schedule/words/times.ts';
import { capital, shorten } from '../text.ts';
import { wordings } from '../wording/index.ts';

/** What the data of the prompt offers, in order: names and values. */
export type Facts = readonly (readonly [string, string])[];

const greetings: Readonly<Record<Language, (name: string) => string>> = {
  en: (name) => (name === '' ? 'Hello,' : `Hello ${name},`),
  de: (name) => (name === '' ? 'Guten Tag,' : `Guten Tag ${name},`),
  fr: (name) => (name === '' ? 'Bonjour,' : `Bonjour ${name},`),
  es: (name) => (name === '' ? 'Hola:' : `Hola, ${name}:`),
};

const topicLine: Readonly<Record<Language, (topic: string) => string>> = {
  en: (topic) => `this is about ${topic}.`,
  de: (topic) => `es geht um Folgendes: ${topic}.`,
  fr: (topic) => `nous vous écrivons au sujet de : ${topic}.`,
  es: (topic) => `le escribimos sobre lo siguiente: ${topic}.`,
};

const intents: readonly Exclude<MailIntent, 'plain'>[] = [
  'reminder',
  'thanks',
  'welcome',
  'apology',
  'invitation',
  'confirmation',
  'feedback',
  'offer',
  'reply',
  'alert',
];

/** Texts that no template can give: they need somebody who writes. */
const beyond: Readonly<Record<Language, string>> = {
  en: 'poem|story|joke|article|blog|essay|post|tweet|ideas?|slogan|headlines?|script|analysis|plan|strategy|code|song|speech|press release|product description|captions?|outline|faq|proposal|translation',
  de: 'gedicht|geschichte|witz|artikel|blog\\w*|aufsatz|beitrag|post|ideen?|slogans?|uberschriften?|skript|analyse|plan|strategie|code|lied|rede|pressemitteilung|produktbeschreibung\\w*|gliederung|ubersetzung',
  fr: 'poeme|histoire|blague|article|blog|essai|publication|post|idees?|slogans?|titres?|script|analyse|plan|strategie|code|chanson|discours|communique de presse|descriptions? de produits?|traduction',
  es: 'poema|historia|chiste|articulo|blog|ensayo|publicacion|post|ideas?|eslogan|titulos?|guion|analisis|plan|estrategia|codigo|cancion|discurso|nota de prensa|descripcion de producto|traduccion',
};

/** A draft, or undefined where only a model (or a person) can write what was asked for. */
export function draft(instruction: string, facts: Facts, language: Language): string | undefined {
  const lexicon = lexicons[language];
  const folded = fold(instruction);
  const intent = intents.find((one) => wholeWords(lexicon.nouns.intents[one], '').test(folded)) ?? 'plain';
  const isMail = intent !== 'plain' || wholeWords(lexicon.nouns.mail, '').test(folded);
  if (!isMail || wholeWords(beyond[language], '').test(folded)) return undefined;
  const name = valueOf(facts, /^(?:first_?name|vorname|prenom|nombre|name|nom)$/);
  const topic = topicOf(instruction, folded, language);
  const template = wordings[language].mails[intent].text.split('\n\n');
  const middle = template.slice(1, -1);
  const closing = template.at(-1) ?? '';
  if (intent === 'plain' || intent === 'alert') {
    const opening = topic === '' ? template[1] : topicLine[language](topic);
    const list = facts
      .filter(([key]) => !/^(?:e_?mail|name)$/.test(fold(key)))
      .map(([key, value]) => `- ${capital(key.replaceAll('_', ' '))}: ${shorten(value, 300)}`);
    return [
      greetings[language](name),
      capitalAfter(language, opening ?? ''),
      ...(list.length > 0 ? [list.join('\n')] : []),
      ...(intent === 'plain' ? [closing] : [wordings[language].mails.plain.text.split('\n\n').at(-1) ?? '']),
    ].join('\n\n');
  }
  const about = topic === '' ? [] : [capital(topicLine[language](topic))];
  return [greetings[language](name), ...middle, ...about, closing].join('\n\n');
}

/** Spanish starts with a capital behind the colon of the greeting. */
function capitalAfter(language: Language, text: string): string {
  return language === 'es' ? capital(text) : text;
}

function valueOf(facts: Facts, name: RegExp): string {
  return facts.find(([key]) => name.test(fold(key)))?.[1].trim() ?? '';
}

/** What stands behind "about": the topic in the person's own words. */
function topicOf(instruction: string, folded: string, language: Language): string {
  const match = wholeWords(topicWords[language], '').exec(folded);
  if (!match) return '';
  return shorten(
    (instruction.slice(match.index + match[0].length).split(/[.;\n]/)[0] ?? '').replace(/\s+\S+@\S+.*$/, ''),
    160,
  );
}

const topicWords: Readonly<Record<Language, string>> = {
  en: 'about|regarding|concerning',
  de: 'uber|zum thema|bezuglich|wegen|zu',
  fr: 'sur|au sujet de|concernant|a propos de',
  es: 'sobre|acerca de|respecto a',
};
