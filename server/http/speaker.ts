import type { Request, Response } from 'express';
import { translation as german } from '../../shared/i18n/de.ts';
import { pages as germanPages } from '../../shared/i18n/de/pages.ts';
import { languages, type Language, type Translated } from '../../shared/i18n/languages.ts';
import { createSpeaker, type Speaker } from '../../shared/i18n/speaker.ts';
import type { Texts, Translation } from '../../shared/i18n/translation.ts';

/** A language of the interface, and on top of it what only the server says. */
function withPages({ texts, sentence }: Translation, pages: Texts): Translation {
  const of = (text: string): string | undefined => {
    const found = pages[text];
    return typeof found === 'string' ? found : undefined;
  };
  return { texts: { ...texts, ...pages }, sentence: (text) => of(text) ?? sentence(text) };
}

const translations: Record<Translated, Translation> = { de: withPages(german, germanPages) };

const known = Object.keys(languages) as Language[];
const speakers = new Map(
  known.map((language) => [
    language,
    createSpeaker(language, () => (language === 'en' ? null : translations[language])),
  ]),
);
const english = createSpeaker('en', () => null);

/**
 * The words for whoever opened a public page: by their browser's `Accept-Language`, English when we speak none of what it names. The answer
 * says that it depends on it, so that no cache between hands it to somebody else. `chosen` is a language that they asked for by name.
 */
export function speakerFor(request: Request, response: Response, chosen?: Language): Speaker {
  response.vary('Accept-Language');
  const wanted = chosen ?? known.find((language) => language === request.acceptsLanguages(known));
  const speaker = (wanted && speakers.get(wanted)) ?? english;
  response.setHeader('Content-Language', speaker.language);
  return speaker;
}
