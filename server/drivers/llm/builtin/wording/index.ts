import type { Language } from '../language.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { Wording } from './types.ts';

export const wordings: Readonly<Record<Language, Wording>> = { en, de, fr, es };
