import { library } from './de/library.ts';
import { messages } from './de/messages.ts';
import { scheduleInGerman } from './de/schedule.ts';
import { texts } from './de/texts.ts';
import { sentencesOf } from './sentences.ts';
import type { Translation } from './translation.ts';

const sentence = sentencesOf('de', { ...library, ...messages }, texts);

/** German. docs/translations.md has the words it uses. */
export const translation: Translation = {
  texts,
  sentence: (text) => sentence(text) ?? scheduleInGerman(text),
};
