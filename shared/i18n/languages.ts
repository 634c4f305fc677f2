/** English is the source: its texts are the keys, and it has no file. Each name is in its own language. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;
/** Languages that have a file. */
export type Translated = Exclude<Language, 'en'>;

export const isLanguage = (value: string | null): value is Language =>
  value !== null && Object.hasOwn(languages, value);
