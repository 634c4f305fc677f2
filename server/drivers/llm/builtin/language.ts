import { fold } from '../../../../shared/schedule/words/text.ts';

export const languages = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof languages)[number];

const commonWords: Record<Language, string> = {
  en: 'the a an and to of in is it that for on with when if then send every write if someone at by from after they them their our my me each will should please mail day week month customer',
  de: 'der die das den dem des und zu ist ein eine einen einem einer fur auf mit wenn dann sonst an von nach jede jeden jedes jeder schicke sende bitte ich mir uns unsere unser wird werden nicht um uhr im am bei wir kunde kunden soll oder',
  fr: 'le la les un une des et de du est pour sur avec quand si alors sinon envoie envoyer chaque tous toutes par apres dans que qui je moi nous notre nos client au aux a jours lorsque il elle lui leur ce cette puis rediger mail l',
  es: 'el la los las un una unos y de del es para sobre con cuando si entonces envia enviar cada todos todas por despues en que quien yo mi nosotros nuestro cliente al dias alguien lo le les su luego correo a sea se',
};

const wordsOf = (code: Language): ReadonlySet<string> => new Set(commonWords[code].split(' '));
const sets: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: wordsOf('en'),
  de: wordsOf('de'),
  fr: wordsOf('fr'),
  es: wordsOf('es'),
};

export function isLanguage(code: string | undefined): code is Language {
  return languages.some((known) => known === code);
}

/** The language that most of the common words belong to; English where nothing speaks for another. Looks at the first 4,000 characters. */
export function detectLanguage(text: string): Language {
  const scores: Record<Language, number> = { en: 0, de: 0, fr: 0, es: 0 };
  for (const word of fold(text.slice(0, 4_000)).match(/[a-zß]+/g) ?? []) {
    for (const code of languages) if (sets[code].has(word)) scores[code]++;
  }
  if (/[äöüß]/i.test(text)) scores.de += 2;
  if (/[çœêèàûù]/i.test(text)) scores.fr += 2;
  if (/[ñ¿¡áíóú]/i.test(text)) scores.es += 2;
  return languages.reduce((best, code) => (scores[code] > scores[best] ? code : best), 'en');
}
