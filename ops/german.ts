import { library } from '../client/i18n/de/library.ts';
import { messages } from '../client/i18n/de/messages.ts';
import { texts } from '../client/i18n/de/texts.ts';

/** German in its three parts. */
export const german = { texts, library, messages };
