import { library } from '../shared/i18n/de/library.ts';
import { messages } from '../shared/i18n/de/messages.ts';
import { pages } from '../shared/i18n/de/pages.ts';
import { texts } from '../shared/i18n/de/texts.ts';

/** German in its parts. */
export const german = { texts, library, messages, pages };
export type Part = keyof typeof german;
export const parts = Object.keys(german) as Part[];
