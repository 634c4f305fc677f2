import type { Language } from '../language.ts';
import { en } from './en.ts';
import type { Lexicon } from './types.ts';

export const lexicons: Readonly<Record<Language, Lexicon>> = { en, de: en, fr: en, es: en };
