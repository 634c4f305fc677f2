import type { Language } from '../language.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { Lexicon } from './types.ts';

export const lexicons: Readonly<Record<Language, Lexicon>> = { en, de, fr, es };
