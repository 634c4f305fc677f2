import type { Language } from '../language.ts';
import { en } from './en.ts';
import type { Wording } from './types.ts';

export const wordings: Readonly<Record<Language, Wording>> = { en, de: en, fr: en, es: en };
