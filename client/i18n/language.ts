/**
 * Which language the interface speaks. Chosen per device, as the colours are; without a choice it is what the browser asks for.
 * The language is fixed for the life of a page: changing it loads the page anew, so that texts may stand in constants of modules.
 */
import { isLanguage, type Language, type Translated } from '../../shared/i18n/languages.ts';
import type { Translation } from '../../shared/i18n/translation.ts';

export type LanguageChoice = Language | 'auto';

/** One file per language, loaded only for those who read it. */
const translations: Record<Translated, () => Promise<{ translation: Translation }>> = {
  de: () => import('../../shared/i18n/de.ts'),
};

const key = 'mailweave-language';

/** The first language of the browser's list that the interface speaks; English when it speaks none of them. */
export function languageOf(choice: LanguageChoice, wanted: readonly string[]): Language {
  if (choice !== 'auto') return choice;
  for (const tag of wanted) {
    const [base = ''] = tag.toLowerCase().split('-');
    if (isLanguage(base)) return base;
  }
  return 'en';
}

/** What was chosen on this device. */
export function languageChoice(): LanguageChoice {
  try {
    const stored = localStorage.getItem(key);
    return isLanguage(stored) ? stored : 'auto';
  } catch {
    // Storage is switched off: as the browser says.
    return 'auto';
  }
}

/** Keeps the choice. It holds from the next load of the page. @returns false when this browser keeps nothing. */
export function keepLanguage(choice: LanguageChoice): boolean {
  try {
    if (choice === 'auto') localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
    return true;
  } catch {
    return false;
  }
}

/** The language of this page; also the locale of its dates and numbers. */
export const language: Language = languageOf(languageChoice(), globalThis.navigator?.languages ?? []);

/** The texts of this page's language; null for English, and until `loadTranslation` is through. */
export let translation: Translation | null = null;

/**
 * Fetches the texts. Whatever shows a text is imported after this, so that texts may stand in constants of modules. A language that cannot be
 * fetched must not keep the product from opening: then it is English.
 */
export async function loadTranslation(): Promise<void> {
  if (language !== 'en') {
    translation = await translations[language]().then(
      (loaded) => loaded.translation,
      () => null,
    );
  }
  document.documentElement.lang = translation === null ? 'en' : language;
  // Only a choice of this device has to be named: what the browser asks for, the server hears.
  if (languageChoice() !== 'auto')
    document.querySelector('link[rel=manifest]')?.setAttribute('href', `/manifest.webmanifest?language=${language}`);
}
